# One image; the command decides whether it is web, relay or a worker (compose.yaml).
FROM python:3.11-slim AS build
WORKDIR /srv/customerize
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && /opt/venv/bin/uv pip install --python /opt/venv/bin/python --no-cache \
        --require-hashes -r requirements.lock

FROM python:3.11-slim
ENV DJANGO_SETTINGS_MODULE=project.settings \
    PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/var/lib/customerize
RUN useradd --system --uid 10001 --home-dir /var/lib/customerize customerize \
    && install -d -o customerize -g customerize /var/lib/customerize
WORKDIR /srv/customerize
COPY --from=build /opt/venv /opt/venv
COPY . .
RUN python -c "import compileall; compileall.compile_dir('.', quiet=1)" \
    && DJANGO_SETTINGS_MODULE=project.settings SECRET_KEY=build DATA_DIR=/tmp/build python -c \
        "import django; django.setup(); from project.interface_texts import compile_all; compile_all()" \
    && rm -rf /tmp/build
USER customerize
VOLUME /var/lib/customerize
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/', timeout=2)"]
CMD ["gunicorn", "project.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--access-logfile", "-"]
