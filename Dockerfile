# Two stages: the first installs from the lock file, by hash; the second runs what it made, without root.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# Every package that runs is a file whose hash stands in requirements.lock. Only wheels: what would build a
# package from its source has no hash there.
COPY requirements.lock ./
RUN pip install --only-binary :all: --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY importers importers
COPY data data
# Nothing is fetched for Nabij itself.
RUN pip install --no-index --no-deps --no-build-isolation -e .
RUN pip check
# Compiled here: who runs it may not write beside the code, and would do this at every start.
RUN python -m compileall -q service importers

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for nabij backup and nabij restore.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 nabij && install -d -o nabij /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 NABIJ_HOME=/data NABIJ_HOST=0.0.0.0 NABIJ_PORT=8000
USER nabij
VOLUME /data
EXPOSE 8000
# Often: the proxy of compose.yaml starts after the first look that goes well.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=6 \
  CMD python -c "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"NABIJ_PORT\"]}/health', timeout=2)"
# Everything in one container, to try it; compose.yaml runs serve, worker and the rest apart.
CMD ["nabij", "demo"]
