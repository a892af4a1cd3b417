# Two stages: the first installs from the lock file, the second runs without compiler, pip cache or root.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY pyproject.toml requirements.lock README.md ./
COPY service service
COPY importers importers
COPY data data
RUN pip install --no-cache-dir -c requirements.lock -e .

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 nabij && install -d -o nabij /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH NABIJ_HOME=/data NABIJ_HOST=0.0.0.0 PORT=8000
USER nabij
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=60s \
  CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=2)"
CMD ["nabij", "demo"]
