"""What tells how the platform is: health, logs without personal data, figures for Prometheus."""
