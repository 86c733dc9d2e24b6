/** Light and dark by the reader's setting, and for paper. Text has a contrast of at least 4.5 to 1. */
export const REPORT_STYLE: string = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#0d1117);--fg:light-dark(#1b1f24,#e6edf3);--soft:light-dark(#57606a,#9aa5b1);--line:light-dark(#d0d7de,#30363d);--card:light-dark(#f6f8fa,#161b22);--ink:light-dark(#0a5fb4,#6cb2ff);--warn:light-dark(#9a3412,#ffb27d);--bad:light-dark(#b42318,#ff9c8f);--good:light-dark(#116329,#6bd58a)}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
header,main,footer{max-width:1120px;margin:auto;padding:0 20px}h1{font-size:1.5rem;margin:24px 0 4px;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:40px 0 12px;border-bottom:1px solid var(--line);padding-bottom:4px;overflow-wrap:anywhere}h3{font-size:1rem;margin:0;overflow-wrap:anywhere;display:inline}
p{margin:4px 0}.soft{color:var(--soft)}a{color:var(--ink)}.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:8px}
nav{position:sticky;top:0;background:var(--bg);border-bottom:1px solid var(--line);z-index:1}nav div{max-width:1120px;margin:auto;padding:8px 20px;display:flex;gap:14px;flex-wrap:wrap;align-items:center}nav label{margin-left:auto}
input{font:inherit;padding:3px 8px;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:6px}
:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:10px;margin:12px 0}.tiles div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 12px}.tiles dt{color:var(--soft);font-size:.85rem}.tiles dd{margin:0;font-size:1.05rem;font-weight:600;overflow-wrap:anywhere}dl{margin:0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}.scroll{overflow-x:auto}th,td{text-align:left;padding:2px 14px 2px 0;vertical-align:top;border-bottom:1px solid var(--line);max-width:360px;overflow-wrap:anywhere}th{font-weight:600}td.n,th.n{text-align:right;white-space:nowrap}caption{text-align:left;color:var(--soft);font-size:.85rem;padding:2px 0}
.one{border:1px solid var(--line);border-left:4px solid var(--good);border-radius:8px;padding:10px 16px;margin:10px 0;break-inside:avoid}.one.unmet{border-left-color:var(--warn)}.one.critical.unmet,.one.error{border-left-color:var(--bad)}
.tag{display:inline-block;white-space:nowrap;border:1px solid var(--line);border-radius:10px;padding:0 8px;font-size:.8rem;color:var(--soft);margin-left:6px}.tag.unmet{color:var(--warn);border-color:var(--warn)}.critical .tag.unmet,.tag.error{color:var(--bad);border-color:var(--bad)}.tag.met{color:var(--good);border-color:var(--good)}
code,pre{font:.85rem/1.45 ui-monospace,monospace;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:6px 10px;margin:6px 0}
summary{cursor:pointer;color:var(--ink);margin-top:6px}
.bar{display:block;width:160px;height:8px;margin-top:7px;border-radius:4px;background:var(--line)}.bar::after{content:"";display:block;height:100%;width:var(--s);background:var(--ink);border-radius:4px}
.trend{width:100%;max-width:560px;height:90px;background:var(--card);border:1px solid var(--line);border-radius:6px}.trend path{fill:none;stroke:var(--ink);stroke-width:2;vector-effect:non-scaling-stroke}
[hidden]{display:none!important}
@media print{nav,.skip{display:none}body{font-size:11px}a{color:inherit}}
`

/** Shows the expectations whose columns, types or findings hold what was typed. Without it the page is whole, only not searchable. */
export const REPORT_SCRIPT: string = `
const q=document.getElementById('q'),s=document.getElementById('found');
q.addEventListener('input',()=>{const w=q.value.trim().toLowerCase();let n=0;
for(const e of document.querySelectorAll('[data-k]')){e.hidden=!e.dataset.k.includes(w);if(!e.hidden)n++}
for(const e of document.querySelectorAll('[data-group]'))e.hidden=e.querySelector('[data-k]:not([hidden])')===null;
s.textContent=w?n+' expectations':''});
`
