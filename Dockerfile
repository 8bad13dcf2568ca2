# One image for web, worker, beat and migrate. BASE can name a mirror.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
WORKDIR /app
COPY requirements.txt .
RUN python3 -m venv /venv && /venv/bin/pip install --no-cache-dir --quiet --require-hashes -r requirements.txt

FROM ${BASE}
# Two arenas: with one for each of 64 threads what is freed in one is not there for another
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2 \
    STATIC_ROOT=/app/static-collected MEDIA_ROOT=/data/media AUDIT_SEALS_DIR=/data/audit-seals
RUN useradd --system --uid 10001 --no-create-home hotline && install -d -o hotline /data /data/media /data/audit-seals /backups
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py ./
COPY locale locale
COPY static static
COPY templates templates
COPY hotline hotline
COPY cases cases
COPY contractors contractors
COPY oversight oversight
# Collecting needs settings that load, not secrets: these go with this line. Nobody may write here later: what is not
# compiled now every process would compile anew
RUN DATABASE_URL=postgres://none REDIS_URL=redis://none SITE_URL=https://build.invalid SECRET_KEY=build \
    FIELD_KEYS=1:MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA= BLIND_INDEX_KEY=MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA= \
    python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q hotline cases contractors oversight
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/health/live', headers={'Host': 'localhost'}), timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
    "--blocking-threads", "64", "--log-level", "warning", "hotline.wsgi:application"]
