from django.db import migrations

# The table Django's database cache expects; what it holds is worth nothing after some minutes.
MAKE = """
CREATE TABLE cache_without_redis (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX cache_without_redis_expires ON cache_without_redis (expires);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('alliances', '0012_openings'),
    ]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE cache_without_redis")]
