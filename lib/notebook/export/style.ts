/** Of the HTML file; the pages have their own. */
export const STYLE = `:root{color-scheme:light dark}
body{margin:0;background:light-dark(#fff,#111113);color:light-dark(#18181b,#ececee);font:15px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:50rem;margin:0 auto;padding:2rem 1.25rem 5rem}
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.3rem;margin:2rem 0 .5rem}h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
a{color:light-dark(#2563eb,#7aa2ff)}
code,pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.85em}
pre{overflow-x:auto;padding:.6rem .8rem;border:1px solid light-dark(#e4e4e7,#2a2a2e);border-radius:6px;background:light-dark(#fafafa,#18181b)}
blockquote{margin:1rem 0;padding:0 1rem;border-left:2px solid light-dark(#e4e4e7,#2a2a2e);color:light-dark(#63636d,#a1a1aa)}
.made{margin:1.25rem 0;padding:.75rem 0;border-top:1px solid light-dark(#e4e4e7,#2a2a2e);border-bottom:1px solid light-dark(#e4e4e7,#2a2a2e)}
.kind,.dim{color:light-dark(#63636d,#a1a1aa);font-size:.8rem;margin:.25rem 0}.kind{font-family:ui-monospace,Menlo,Consolas,monospace}
.sentence{font-size:1.05rem;font-weight:600}.failed{color:light-dark(#b42318,#ff8a7a);white-space:pre-wrap}.stale{color:light-dark(#8a5200,#f0b35a)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.82rem}th{text-align:left;font-weight:500;color:light-dark(#63636d,#a1a1aa)}
th,td{padding:.3rem .6rem .3rem 0;border-bottom:1px solid light-dark(#e4e4e7,#2a2a2e);vertical-align:top}.figure{text-align:right}.why{display:block;min-width:14rem}
figure{margin:.75rem 0}figure>svg{max-width:100%;height:auto}.printed{box-sizing:border-box;padding:.5rem;border-radius:6px;background:#fff;overflow:visible}figcaption{font-weight:600}.mark{margin-right:.35rem}math[display=block]{margin:1rem 0}
@media print{main{max-width:none;padding:0}.scroll{overflow:visible}}`
