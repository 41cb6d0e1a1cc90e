#!/usr/bin/env bash
# The SDK against wrk, in one interleaved run: same server (nginx with a fixed 201, TLS 1.3, P-256), same request, server
# pinned to CPU 0 and clients to CPU 1. The SDK verifies the certificate, validates and decodes; wrk does none of it.
#   benchmarks/against-wrk.sh [IN_FLIGHT] [ROUNDS] [SECONDS]        default: 64 5 4
# Prints each round and the median of the in-round ratios. Needs `scripts/install-dependencies.sh --bench`.
set -euo pipefail
export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja} # Debian has no make unless somebody asked for it
in_flight=${1:-64} rounds=${2:-5} seconds=${3:-4}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for tool in nginx wrk openssl taskset; do
    command -v "$tool" >/dev/null || { echo "against-wrk: needs $tool; run scripts/install-dependencies.sh --bench" >&2; exit 2; }
done

cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DTWILIO_SMS_BUILD_TOOLS=OFF -DTWILIO_SMS_BUILD_TESTS=OFF \
    -DTWILIO_SMS_BUILD_EXAMPLES=OFF >build-bench.log 2>&1 || { cat build-bench.log >&2; exit 1; }
rm -f build-bench.log
cmake --build build/bench -j 2 --target twilio-sms-load >/dev/null

work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null

sid=AC00000000000000000000000000000000
body='{"body":"Your verification code is 481516. It expires in 10 minutes. Do not share it with anyone","num_segments":"1","direction":"outbound-api","from":"+15005550006","date_updated":"Fri, 03 Nov 2023 17:23:23 +0000","price":null,"error_message":null,"uri":"/2010-04-01/Accounts/'$sid'/Messages/SM8af02b4fd2811b2cf63689cd751d42c7.json","account_sid":"'$sid'","num_media":"0","to":"+15558675310","date_created":"Fri, 03 Nov 2023 17:23:23 +0000","status":"queued","sid":"SM8af02b4fd2811b2cf63689cd751d42c7","date_sent":null,"messaging_service_sid":null,"error_code":null,"price_unit":"USD","api_version":"2010-04-01","subresource_uris":{"media":"/2010-04-01/Accounts/'$sid'/Messages/SM8af02b4fd2811b2cf63689cd751d42c7/Media.json"}}'
port=$((20000 + $$ % 10000))
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
    client_body_temp_path $work/1; proxy_temp_path $work/2; fastcgi_temp_path $work/3; uwsgi_temp_path $work/4; scgi_temp_path $work/5;
    default_type application/json;
    server {
        listen 127.0.0.1:$port ssl;
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
taskset -c 0 nginx -c "$work/nginx.conf" -p "$work" 2>"$work/nginx.log" &
server=$!
for _ in $(seq 50); do
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    kill -0 "$server" 2>/dev/null || { cat "$work/nginx.log" >&2; exit 1; }
    sleep 0.1
done

export TWILIO_ACCOUNT_SID=$sid TWILIO_AUTH_TOKEN=00000000000000000000000000000000 TWILIO_FROM_NUMBER=+15005550006
export TWILIO_BASE_URL=https://localhost:$port TWILIO_CA_BUNDLE=$work/cert.pem
unset TWILIO_MESSAGE_SERVICE_SID TWILIO_MESSAGING_SERVICE_SID
cat >"$work/post.lua" <<LUA
wrk.method = "POST"
wrk.body = "To=%2B15558675310&From=%2B15005550006&Body=Your+verification+code+is+481516.+It+expires+in+10+minutes.+Do+not+share+it+with+anyone"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Authorization"] = "Basic $(printf '%s' "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" | base64 -w 0)"
wrk.headers["Accept"] = "application/json"
wrk.headers["User-Agent"] = "wrk"
LUA
path=$TWILIO_BASE_URL/2010-04-01/Accounts/$sid/Messages.json
TIMEFORMAT='%U %S'

figure() { grep -o "\"$1\":[^,]*" | head -1 | cut -d: -f2; } # of the run: its own come first

echo "in flight: $in_flight, $rounds rounds of $seconds s each"
for round in $(seq "$rounds"); do
    { time taskset -c 1 wrk -t1 -c"$in_flight" -d"${seconds}s" -s "$work/post.lua" "$path" >"$work/wrk.out"; } 2>"$work/wrk.time"
    theirs=$(awk '/^Requests\/sec:/ {print $2}' "$work/wrk.out")
    their_cpu=$(awk -v requests="$(awk '/requests in/ {print $1}' "$work/wrk.out")" '{printf "%.2f", ($1 + $2) * 1e6 / requests}' "$work/wrk.time")
    taskset -c 1 build/bench/benchmarks/twilio-sms-load --in-flight "$in_flight" --seconds "$seconds" --warm-up 0.5 --json - >"$work/ours.out"
    ours=$(figure rate <"$work/ours.out")
    our_cpu=$(figure cpu_us <"$work/ours.out")
    awk -v r="$round" -v w="$theirs" -v o="$ours" -v wc="$their_cpu" -v oc="$our_cpu" 'BEGIN {
        printf "round %d: wrk %.0f/s %.2f us, twilio-sms %.0f/s %.2f us CPU a request; rate ratio %.3f, CPU ratio %.3f\n", r, w, wc, o, oc, o / w, oc / wc }' |
        tee -a "$work/rounds"
done
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
echo "median of the ratios to wrk: rate $(sed 's/.*rate ratio \([0-9.]*\),.*/\1/' "$work/rounds" | median), CPU $(sed 's/.*CPU ratio //' "$work/rounds" | median)"
