# Sourced by scripts: starts the tool's simulator and points the environment to it; ends it on exit.
#   start_simulator TOOL [FLAG...]; sets directory, url and the TWILIO_... variables
# shellcheck shell=bash

directory=$(mktemp -d)
simulator_pid=

end_simulator() {
    if [[ -n $simulator_pid ]]; then
        kill "$simulator_pid" 2>/dev/null || true
        wait "$simulator_pid" || true
        simulator_pid=
    fi
    rm -rf "$directory"
}
trap end_simulator EXIT

start_simulator() {
    local tool=$1 name i
    shift
    for name in "${!TWILIO_@}"; do unset "$name"; done
    export XDG_CONFIG_HOME=$directory # and no configuration file of the user's
    : >"$directory/simulator.log"
    "$tool" simulate --listen 127.0.0.1:0 --ca-out "$directory/ca.pem" "$@" >"$directory/simulator.log" 2>&1 &
    simulator_pid=$!
    for ((i = 0; i < 400; ++i)); do
        url=$(sed -n 's/.*listening on \(https:[^ ,]*\).*/\1/p' "$directory/simulator.log")
        [[ -z $url ]] || break
        kill -0 "$simulator_pid" 2>/dev/null || break
        sleep 0.05
    done
    if [[ -z $url ]]; then
        echo "the simulator did not start:" >&2
        cat "$directory/simulator.log" >&2
        return 1
    fi
    export TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef
    export TWILIO_FROM_NUMBER=+15005550006 TWILIO_BASE_URL=$url TWILIO_CA_BUNDLE=$directory/ca.pem
}

truth() { # truth [messages]
    curl --silent --show-error --fail --noproxy '*' --cacert "$directory/ca.pem" "$url/__truth${1:+/$1}"
}
