FROM python:3.13-slim-trixie

# typesetting of the reports
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --create-home service
WORKDIR /srv/enquiry
ENV PYTHONUNBUFFERED=1

COPY requirements/production.txt requirements/
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/production.txt

COPY . .
# The settings want these values, the command uses none of them.
RUN SECRET_KEY=unused DATABASE_URL=postgres://unused REDIS_URL=redis://unused \
    SITE_URL=https://unused python manage.py collectstatic --noinput --verbosity 0

USER service
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--preload", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
