// Random texts for both counters, and what explains a difference. See segments.sh.
'use strict';
const { spawnSync } = require('child_process');
const { SegmentedMessage } = require('sms-segments-calculator');
const splitter = require('sms-segments-calculator/dist/libs/textUtils');

const [program, count, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

// mulberry32: the same texts for the same seed, everywhere
let state = seed >>> 0;
function random() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = n => Math.floor(random() * n);
const one = list => list[below(list.length)];
const letters = text => () => one([...text]);
const between = (first, last) => () => String.fromCodePoint(first + below(last - first + 1));

function anyCodePoint() {
    for (;;) {
        const c = below(0x110000);
        if (c < 0xd800 || c > 0xdfff) return String.fromCodePoint(c);
    }
}
const basic = letters('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
    'abcdefghijklmnopqrstuvwxyzäöñüà');
const extension = letters('\f^{}\\[~]|€');
const marks = between(0x0300, 0x036f);
const emoji = between(0x1f600, 0x1f64f);
const alphabets = {
    basic,
    extension,
    'line breaks': () => one(['\r\n', '\n', '\r']),
    'not quite GSM-7': letters('`\tçáíóúÁÍÓÚêôëï\u00a0\u2126'),
    'what smart encoding replaces': letters('«»“”‘’´¼½¾÷–—…•\u2009\u200b\u3000\ufeff‹›‼！＂Ａ'),
    latin: between(0x00a0, 0x024f),
    cyrillic: between(0x0410, 0x044f),
    greek: between(0x0391, 0x03c9),
    hebrew: between(0x05d0, 0x05ea),
    arabic: between(0x0621, 0x064a),
    devanagari: between(0x0904, 0x094d),
    thai: between(0x0e01, 0x0e4e),
    hangul: between(0x1100, 0x11ff),
    chinese: between(0x4e00, 0x9fff),
    emoji,
    'emoji of several': () => one(['👩‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '🇮🇹', '🇩🇪', '👨‍💻', '❤️', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']),
    'letters with marks': () => basic() + marks().repeat(1 + below(3)),
    anything: anyCodePoint,
};
const mixtures = [
    ['basic'], ['basic', 'extension'], ['extension'], ['basic', 'line breaks'], ['basic', 'not quite GSM-7'],
    ['basic', 'what smart encoding replaces'], ['basic', 'extension', 'emoji'], ['emoji'], ['emoji of several'],
    ['basic', 'emoji of several'], ['letters with marks'], ['latin'], ['cyrillic', 'basic'], ['greek'], ['hebrew', 'basic'],
    ['arabic'], ['devanagari'], ['thai'], ['hangul'], ['chinese', 'basic'], ['chinese', 'emoji'], ['anything'],
    Object.keys(alphabets),
];
// Around the ends of segments, in both encodings.
const edges = [0, 1, 66, 67, 68, 69, 70, 71, 72, 133, 134, 135, 136, 152, 153, 154, 158, 159, 160, 161, 162, 200, 201, 202,
    268, 269, 305, 306, 307, 308, 458, 459, 460, 612, 613, 1599, 1600];

function randomText() {
    const mixture = one(mixtures);
    const length = random() < 0.7 ? one(edges) : below(400);
    // Often of one alphabet but for a place or two.
    const mostly = random() < 0.5 ? one(mixture) : null;
    let text = '';
    while (text.length < length)
        text += alphabets[mostly && random() < 0.97 ? mostly : one(mixture)]();
    return text.toWellFormed ? text.toWellFormed() : text;
}

function calculated(text, smart) {
    const m = new SegmentedMessage(text, 'auto', smart);
    return `${m.encodingName} ${m.segmentsCount} ${m.messageSize / (m.encodingName === 'GSM-7' ? 7 : 16)}`;
}
const byCluster = splitter.splitGraphemes;
const both = text => calculated(text, false) + ' ' + calculated(text, true);
function byCodePoint(text) {
    splitter.splitGraphemes = t => [...t];
    try {
        return both(text);
    } finally {
        splitter.splitGraphemes = byCluster;
    }
}

const texts = Array.from({ length: count }, randomText);
const ours = spawnSync(program, { input: texts.map(t => JSON.stringify(t)).join('\n') + '\n', maxBuffer: 1 << 30 });
if (ours.status !== 0) {
    process.stderr.write(ours.stderr);
    console.error(`${program} ended with ${ours.status ?? ours.signal}`);
    process.exit(1);
}
const lines = ours.stdout.toString().trimEnd().split('\n');
let clusters = 0, unexplained = lines.length === count ? 0 : 1, ucs2 = 0, several = 0;
texts.forEach((text, i) => {
    const theirs = both(text);
    ucs2 += theirs.startsWith('UCS-2');
    several += theirs.split(' ')[1] !== '1';
    if (lines[i] === theirs) return;
    // The calculator keeps what shows as one character in one segment, we only what is one code point: whether Twilio
    // does is not known (see segments.hpp). So the difference must be gone when it counts by code points.
    if (lines[i] === byCodePoint(text)) {
        ++clusters;
        return;
    }
    if (++unexplained <= 10)
        console.error(`${JSON.stringify(text)}: ours ${lines[i]}, theirs ${theirs}`);
});
console.log(`${count} texts (seed ${seed}; ${ucs2} in UCS-2, ${several} of several segments): ` +
    `${count - clusters - unexplained} equal, ${clusters} differ by clusters of code points, ${unexplained} unexplained`);
process.exit(unexplained === 0 ? 0 : 1);
