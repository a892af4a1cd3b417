#!/bin/sh
# A backup every night at the hour of the container's start: made, checked, and those that are too old deleted.
set -u
while true; do
  file="/backups/nabij-$(date +%Y-%m-%d-%H%M).tar.gz"
  if nabij backup "$file" && nabij backup --check "$file" >/dev/null 2>&1; then
    # Only after one that is whole is anything deleted.
    find /backups -name 'nabij-*.tar.gz' -mtime "+${KEEP_DAYS:-14}" -delete
  else
    echo "the backup $file did not succeed" >&2
    sleep 900
    continue
  fi
  sleep 86400
done
