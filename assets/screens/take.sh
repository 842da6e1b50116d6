#!/usr/bin/env bash
# Takes the README's pictures anew: a real terminal, the demo's made-up year.
# Needs Debian's xvfb, xterm, xdotool, imagemagick and fonts-jetbrains-mono; run from the project.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
inch=${1:-target/release/inch}
home=$(mktemp -d)
export DISPLAY=:97
Xvfb "$DISPLAY" -screen 0 1600x1000x24 >/dev/null 2>&1 &
server=$!
trap 'kill "$server"; rm -rf "$home"' EXIT
sleep 1

# take NAME BACKGROUND FOREGROUND THEME KEYS…: presses the keys in a fresh demo, then takes the picture.
take() {
  local name=$1 background=$2 foreground=$3 theme=$4
  shift 4
  mkdir -p "$home/inch"
  printf 'theme = "%s"\n' "$theme" >"$home/inch/config.toml"
  HOME=$home XDG_CONFIG_HOME=$home xterm -tn xterm-256color -fa 'JetBrains Mono' -fs 11 \
    -geometry 112x34+0+0 -bg "$background" -fg "$foreground" -b 8 +sb -e "$inch" demo &
  local terminal=$!
  sleep 2
  for key in "$@"; do
    xdotool key --clearmodifiers "$key"
    sleep 0.3
  done
  sleep "${PAUSE:-1}"
  import -window root "$home/all.png"
  convert "$home/all.png" -trim +repage -bordercolor "$background" -border 8 -colors 64 \
    "$here/$name.png"
  kill "$terminal"
  wait "$terminal" || true
}

take today '#1e1e2e' '#cdd6f4' dark
take history '#1e1e2e' '#cdd6f4' dark z v v
PAUSE=3 take timer '#1e1e2e' '#cdd6f4' dark Return
take light '#fbfbfb' '#2e3440' light 2 Down Down Down Down Down Down Down
