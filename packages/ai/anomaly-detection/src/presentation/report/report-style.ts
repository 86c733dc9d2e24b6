/** Light and dark by the reader's setting, and for paper (A4). Text has a contrast of at least 4.5 to 1, marks of 3 to 1. */
export const REPORT_STYLE: string = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#0d1117);--fg:light-dark(#1b1f24,#e6edf3);--soft:light-dark(#57606a,#9aa5b1);--line:light-dark(#d0d7de,#30363d);--card:light-dark(#f6f8fa,#161b22);--ink:light-dark(#0a5fb4,#6cb2ff);--odd:light-dark(#b42318,#ff9c8f);--band:light-dark(#cfe3f7,#17395c)}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
header,main,footer{max-width:1000px;margin:auto;padding:0 20px}h1{font-size:1.5rem;margin:24px 0 4px}h2{font-size:1.2rem;margin:36px 0 12px;border-bottom:1px solid var(--line);padding-bottom:4px}h3{font-size:1rem;margin:16px 0 4px}h1,h3,td,dd,p,pre{overflow-wrap:anywhere}
p{margin:4px 0}.soft{color:var(--soft)}.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);color:var(--ink);padding:8px}:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:10px;margin:12px 0}.tiles div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 12px}dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-size:1.05rem;font-weight:600}
figure{margin:16px 0;break-inside:avoid}figcaption{font-weight:600;overflow-wrap:anywhere}.legend{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:.85rem}
.axes{display:grid;grid-template-columns:auto 1fr;gap:2px 8px;font-size:.8rem;font-variant-numeric:tabular-nums}.axes svg{width:100%;height:200px;background:var(--card);border-radius:4px}.y{display:flex;flex-direction:column;justify-content:space-between;text-align:right}.x{grid-column:2;display:flex;justify-content:space-between;gap:8px}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:0 24px}.pair .axes svg{height:120px}
path{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}.key{width:20px;height:10px;margin-right:5px}.value{stroke:var(--ink)}.expected{stroke:var(--soft);stroke-dasharray:2 3}.band{fill:var(--band)}.cut{stroke:var(--odd);stroke-dasharray:6 4}.mark{stroke:var(--odd);stroke-width:8}.bars{fill:var(--ink)}.odd{fill:var(--odd)}.zero{stroke:var(--soft);stroke-width:1}
path.points{stroke-width:3}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}th,td{text-align:left;padding:2px 14px 2px 0;vertical-align:top;border-bottom:1px solid var(--line);max-width:360px}th{font-weight:600}td.n,th.n{text-align:right;white-space:nowrap}tr{break-inside:avoid}thead{display:table-header-group}caption{text-align:left;font-weight:600;padding:8px 0 2px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:12px}.card{border:1px solid var(--line);border-left:4px solid var(--odd);border-radius:8px;padding:10px 16px;break-inside:avoid;min-width:0}.card h3{display:inline;margin:0}.tag{display:inline-block;border:1px solid var(--line);border-radius:10px;padding:0 8px;font-size:.8rem;color:var(--soft);margin-left:6px}
.reasons{width:100%;table-layout:auto}.reasons th[scope=row],.facts th{font-weight:400;color:var(--soft);overflow-wrap:anywhere}.bar{width:100%;min-width:60px;height:12px}.facts{width:100%}.facts th{width:30%}.facts td{max-width:none}
pre{font:.85rem/1.45 ui-monospace,monospace;white-space:pre-wrap;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:6px 10px;margin:6px 0}
@page{size:A4;margin:14mm}
@media print{:root{color-scheme:light}*{print-color-adjust:exact}body{font-size:11px}header,main,footer{max-width:none;padding:0}.skip{display:none}h2,h3{break-after:avoid}.scroll{overflow:visible}td.n,th.n{white-space:normal}.axes svg{height:150px}.tiles{grid-template-columns:repeat(6,1fr);gap:6px}dd{font-size:.95rem}}
`

/** What the page's own policy lets through: this style, by its hash, and nothing else. */
export const REPORT_POLICY: string =
  "default-src 'none'; style-src 'sha256-ahGZiNd3AGQzDeymVNvbfv8hFqsJBCGKtIWYtwBjMeg='; base-uri 'none'; form-action 'none'"
