#!/usr/bin/env bash
# A Docker engine and the base image that tests build on, where there are none yet.
#
#   docker_host.sh start     start an engine with 30_docker/daemon.json unless one answers; pull
#                            the base of 30_docker/Dockerfile, or make a stand-in of Debian's
#                            packages where no registry can be reached
#   docker_host.sh images    start, and build this checkout's images, so that tests find them made
#   docker_host.sh restart   restart the engine, if this script started it
#   docker_host.sh stop      stop the engine, if this script started it
#
# Needs root, and of Debian docker.io, iptables and, for the stand-in, debootstrap. Does nothing
# twice. An engine started by a test may be on no other port or folder: there is one per machine.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/.."

stand_in=mangetamain-test-base
pid_file=/run/mangetamain-test-dockerd.pid
log=/var/log/mangetamain-test-dockerd.log

fail() {
    echo "docker_host: $*" >&2
    exit 1
}

start_engine() {
    docker info >/dev/null 2>&1 && return
    ((EUID == 0)) || fail "no Docker engine answers, and only root can start one"
    command -v dockerd >/dev/null || fail "dockerd is not installed"
    setsid dockerd --config-file "$PWD/30_docker/daemon.json" >>"$log" 2>&1 </dev/null &
    echo $! >"$pid_file"
    for _ in {1..120}; do
        docker info >/dev/null 2>&1 && return
        kill -0 "$(cat "$pid_file")" 2>/dev/null || break
        sleep 0.5
    done
    fail "the engine does not start: $(tail --lines=3 "$log")"
}

# The process of the engine that this script started, if it still runs.
own_engine() { pgrep --pidfile "$pid_file" dockerd 2>/dev/null; }

stop_engine() {
    local pid
    pid=$(own_engine) || return 0
    kill "$pid"
    while own_engine >/dev/null; do sleep 0.2; done
    rm "$pid_file"
}

restart_engine() {
    own_engine >/dev/null || fail "this script started no engine"
    stop_engine
    start_engine
}

make_base() {
    local base folder variables=()
    docker image inspect "$stand_in" >/dev/null 2>&1 && return
    base=$(sed --quiet 's/^ARG BASE=//p' 30_docker/Dockerfile)
    docker image inspect "$base" >/dev/null 2>&1 && return
    timeout 300 docker pull --quiet "$base" 2>/dev/null && return
    command -v debootstrap >/dev/null || fail "$base cannot be pulled, debootstrap is not installed"
    folder=$(mktemp --directory)
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm \
        "$folder" >>"$log" || fail "no stand-in for $base: $(tail --lines=3 "$log")"
    rm -rf "$folder"/var/cache/apt/archives/*.deb "$folder"/var/lib/apt/lists/*
    if [[ ${SSL_CERT_FILE:-} ]]; then # what this machine trusts, builds have to trust
        cat "$SSL_CERT_FILE" >"$folder/etc/ssl/certs/ca-certificates.crt"
        variables=(--change "ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt")
    fi
    tar --create --directory "$folder" . |
        docker import "${variables[@]}" --change 'CMD ["bash"]' - "$stand_in" >/dev/null
    rm -rf "$folder"
}

build_images() {
    local options=()
    ! docker image inspect "$stand_in" >/dev/null 2>&1 ||
        options=(--network=host --build-arg "BASE=$stand_in")
    docker build --quiet "${options[@]}" --file 30_docker/Dockerfile . >/dev/null
    docker build --quiet "${options[@]}" 30_docker/proxy >/dev/null
}

case ${1:-start} in
    start) start_engine && make_base ;;
    images) start_engine && make_base && build_images ;;
    restart) restart_engine ;;
    stop) stop_engine ;;
    *) sed --quiet '2,/^[^#]/s/^# \{0,1\}//p' "$0" && exit 2 ;;
esac
