# Sourced by the scripts here: nginx with a fixed 201 over TLS 1.3 on CPU 0, and the environment that points clients to it.
#   start_nginx; client COMMAND... runs it on CPU 1
# shellcheck shell=bash

work=$(mktemp -d)
servers=()
end_servers() {
    local pid
    for pid in "${servers[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap end_servers EXIT

need() { # need SCRIPT PROGRAM...
    local script=$1 program
    shift
    for program in "$@"; do
        command -v "$program" >/dev/null && continue
        echo "$script: needs $program; run scripts/install-dependencies.sh --bench" >&2
        exit 2
    done
}

build_benchmarks() { # build_benchmarks TARGET...: as users build them
    cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DTWILIO_SMS_BUILD_TESTS=OFF -DTWILIO_SMS_BUILD_EXAMPLES=OFF \
        >"$work/cmake.log" 2>&1 || { cat "$work/cmake.log" >&2; exit 1; }
    cmake --build build/bench -j 2 --target "$@" >"$work/build.log" || { cat "$work/build.log" >&2; exit 1; }
}

server_cpu=0 client_cpu=1
(($(nproc) >= 2)) || { echo "one CPU only: server and client would measure each other" >&2; exit 2; }
client() { taskset -c $client_cpu "$@"; }

for name in "${!TWILIO_@}"; do unset "$name"; done
export TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef
export TWILIO_FROM_NUMBER=+15005550006
export BENCH_TEXT="Your verification code is 481516. It expires in 10 minutes. Do not share it with anyone"
BENCH_FORM="To=%2B15558675310&From=%2B15005550006&Body=${BENCH_TEXT// /+}"
BENCH_BASIC=$(printf '%s' "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" | base64 -w 0)
BENCH_PATH=/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json
export BENCH_FORM BENCH_BASIC BENCH_PATH

wrk_request() { # the same request, for wrk -s
    cat >"$work/post.lua" <<LUA
wrk.method = "POST"
wrk.body = "$BENCH_FORM"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Authorization"] = "Basic $BENCH_BASIC"
wrk.headers["Accept"] = "application/json"
wrk.headers["User-Agent"] = "wrk"
LUA
}

start_nginx() {
    local sid=$TWILIO_ACCOUNT_SID port=$((20000 + $$ % 10000)) body
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
    body='{"body":"'$BENCH_TEXT'","num_segments":"1","direction":"outbound-api","from":"+15005550006","date_updated":"Fri, 03 Nov 2023 17:23:23 +0000","price":null,"error_message":null,"uri":"/2010-04-01/Accounts/'$sid'/Messages/SM8af02b4fd2811b2cf63689cd751d42c7.json","account_sid":"'$sid'","num_media":"0","to":"+15558675310","date_created":"Fri, 03 Nov 2023 17:23:23 +0000","status":"queued","sid":"SM8af02b4fd2811b2cf63689cd751d42c7","date_sent":null,"messaging_service_sid":null,"error_code":null,"price_unit":"USD","api_version":"2010-04-01","subresource_uris":{"media":"/2010-04-01/Accounts/'$sid'/Messages/SM8af02b4fd2811b2cf63689cd751d42c7/Media.json"}}'
    cat >"$work/nginx.conf" <<CONF
worker_processes 1;
daemon off;
pid $work/pid;
error_log stderr error;
events { worker_connections 4096; }
http {
    access_log off;
    keepalive_requests 1000000000;
    keepalive_timeout 300s;
    http2_max_requests 1000000000;
    client_body_temp_path $work/1; proxy_temp_path $work/2; fastcgi_temp_path $work/3; uwsgi_temp_path $work/4; scgi_temp_path $work/5;
    default_type application/json;
    server {
        listen 127.0.0.1:$port ssl http2;
        ssl_certificate $work/cert.pem;
        ssl_certificate_key $work/key.pem;
        ssl_protocols TLSv1.3;
        add_header Twilio-Concurrent-Requests 1 always;
        add_header Twilio-Request-Id RQ8af02b4fd2811b2cf63689cd751d42c7 always;
        add_header Twilio-Request-Duration 0.143 always;
        add_header X-Powered-By AT-5000 always;
        add_header X-Shenanigans none always;
        add_header X-Home-Region us1 always;
        add_header X-API-Domain api.twilio.com always;
        add_header Strict-Transport-Security max-age=31536000 always;
        location / { return 201 '$body'; }
    }
}
CONF
    taskset -c $server_cpu nginx -c "$work/nginx.conf" -p "$work" 2>"$work/nginx.log" &
    servers+=($!)
    for _ in $(seq 50); do
        ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
        kill -0 "${servers[-1]}" 2>/dev/null || { cat "$work/nginx.log" >&2; exit 1; }
        sleep 0.1
    done
    export TWILIO_BASE_URL=https://localhost:$port TWILIO_CA_BUNDLE=$work/cert.pem
}

start_simulator() { # start_simulator TOOL [FLAG...], on the server's CPU
    local tool=$1
    shift
    : >"$work/simulator.log"
    taskset -c $server_cpu "$tool" simulate --listen 127.0.0.1:0 --ca-out "$work/ca.pem" "$@" </dev/null \
        >"$work/simulator.log" 2>&1 &
    servers+=($!)
    for _ in $(seq 400); do
        TWILIO_BASE_URL=$(sed -n 's/.*listening on \(https:[^ ,]*\).*/\1/p' "$work/simulator.log")
        [[ -z $TWILIO_BASE_URL ]] || break
        kill -0 "${servers[-1]}" 2>/dev/null || { cat "$work/simulator.log" >&2; exit 1; }
        sleep 0.05
    done
    export TWILIO_BASE_URL TWILIO_CA_BUNDLE=$work/ca.pem
}

stop_server() { # the last one started
    kill "${servers[-1]}" 2>/dev/null || true
    wait "${servers[-1]}" 2>/dev/null || true
    unset "servers[-1]"
}

# measured COMMAND...: runs a client that counts no CPU itself; its output goes to $work/out, cpu_seconds is set
measured() {
    local TIMEFORMAT='%U %S' used
    used=$({ time client "$@" >"$work/out" 2>"$work/err"; } 2>&1) || { cat "$work/err" >&2; return 1; }
    # shellcheck disable=SC2034 # for who called
    cpu_seconds=$(awk '{print $1 + $2}' <<<"$used")
}
