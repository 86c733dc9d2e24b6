/** Light and dark by the reader's setting, and for paper. Colours have a contrast of at least 4.5 to 1 for text. */
export const REPORT_STYLE: string = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--card:#f6f8fa;--ink:#0a5fb4;--warn:#9a3412;--one:10,95,180;--neg:180,60,20}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9aa5b1;--line:#30363d;--card:#161b22;--ink:#6cb2ff;--warn:#ffb27d;--one:108,178,255;--neg:255,140,90}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
header,main,footer{max-width:1120px;margin:auto;padding:0 20px}h1{font-size:1.5rem;margin:24px 0 4px}h2{font-size:1.2rem;margin:40px 0 12px;border-bottom:1px solid var(--line);padding-bottom:4px}h3{font-size:1rem;margin:0}
p{margin:4px 0}.soft{color:var(--soft)}a{color:var(--ink)}.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:8px}
nav{position:sticky;top:0;background:var(--bg);border-bottom:1px solid var(--line);z-index:1}nav div{max-width:1120px;margin:auto;padding:8px 20px;display:flex;gap:14px;flex-wrap:wrap;align-items:center}nav label{margin-left:auto}
input{font:inherit;padding:3px 8px;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:6px}
:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:10px;margin:12px 0}.tiles div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 12px}.tiles dt{color:var(--soft);font-size:.85rem}.tiles dd{margin:0;font-size:1.2rem;font-weight:600}dl{margin:0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}.scroll{overflow-x:auto}th,td{text-align:left;padding:2px 10px 2px 0;vertical-align:top;border-bottom:1px solid var(--line)}th{font-weight:600}td.n,th.n,.f td:nth-child(n+2),.f th+td{text-align:right;white-space:nowrap}.f{width:100%}.f th{font-weight:400;color:var(--soft);white-space:nowrap}caption{text-align:left;color:var(--soft);font-size:.85rem;padding:2px 0}td:first-child{overflow-wrap:anywhere}
.var{border:1px solid var(--line);border-radius:8px;padding:12px 16px;margin:12px 0;break-inside:avoid}.var>div{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:8px 24px;margin-top:8px;align-items:start}.var h3{display:inline;overflow-wrap:anywhere}
.tag{display:inline-block;white-space:nowrap;border:1px solid var(--line);border-radius:10px;padding:0 8px;font-size:.8rem;color:var(--soft);margin-left:6px}.tag.w{color:var(--warn);border-color:var(--warn)}
.hist{width:100%;height:60px;background:var(--card);border-radius:4px}.hist path{fill:var(--ink)}.ends{display:flex;justify-content:space-between;font-size:.8rem;color:var(--soft)}
.bar{display:block;height:4px;border-radius:2px;background:var(--line)}.bar::after{content:"";display:block;height:100%;width:var(--s);background:var(--ink);border-radius:2px}
.pair{display:inline-block;width:150px;margin:0 14px 14px 0;font-size:.8rem;vertical-align:top;overflow-wrap:anywhere}.squares{width:100%;background:var(--card);border:1px solid var(--line)}.heat{max-width:420px}
${levels()}
[hidden]{display:none!important}
@media(max-width:480px){.f th,.f td:nth-child(n+2),.f th+td{white-space:normal;overflow-wrap:anywhere}}
@media print{nav,.skip{display:none}body{font-size:11px}a{color:inherit}.var{border-color:#999}}
`

function levels(): string {
  const steps = Array.from({ length: 8 }, (_, i) => i + 1)
  const one = steps.map((i) => `.one${i}{fill:rgba(var(--one),${(i / 8).toFixed(2)})}`)
  // Level 4 is nothing, 0 most negative, 8 most positive.
  const two = Array.from(
    { length: 9 },
    (_, i) => `.two${i}{fill:rgba(var(--${i < 4 ? 'neg' : 'one'}),${(Math.abs(i - 4) / 4).toFixed(2)})}`,
  )
  return [...one, ...two].join('')
}

/** Shows the columns whose names or tags hold what was typed. Without it the page is whole, only not searchable. */
export const REPORT_SCRIPT: string = `
const q=document.getElementById('q'),s=document.getElementById('found');
q.addEventListener('input',()=>{const w=q.value.trim().toLowerCase();let n=0;
for(const e of document.querySelectorAll('[data-k]')){e.hidden=!e.dataset.k.includes(w);if(!e.hidden&&e.classList.contains('var'))n++}
s.textContent=w?n+' columns':''});
`
