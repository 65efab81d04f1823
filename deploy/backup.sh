#!/bin/sh
# sh backup.sh FOLDER [OTHER …]: one sealed copy of everything, read back and proven, then the same in each other
# folder (disks of other machines). Copies older than KEEP_DAYS go only after the new one lies everywhere, and never the
# new one itself, whatever the clocks say.
set -eu
umask 077
python="${PYTHON:-python}"
name="$(date +%Y-%m-%dT%H%M%S).backup"
"$python" -m bot backup "$1/$name"
"$python" -m bot restore "$1/$name" --check-only
first="$1"
for folder; do
  [ "$folder" = "$first" ] && continue
  cp "$first/$name" "$folder/$name.part"
  cmp "$first/$name" "$folder/$name.part"
  mv "$folder/$name.part" "$folder/$name"
done
for folder; do
  find "$folder" -maxdepth 1 -name '*.backup' ! -name "$name" -mtime "+${KEEP_DAYS:-14}" -delete
done
