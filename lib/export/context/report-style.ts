/** Of the report of a context: readable on paper and screen, light and dark, nothing loaded. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --dim: #57606a; --line: #d0d7de; --panel: #f6f8fa; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9da7b1; --line: #30363d; --panel: #161b22; --accent: #6cb6ff; } body { background: #0d1117; } }
body { margin: 0; color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 24px; }
h1 { font-size: 20px; line-height: 1.35; margin: 0 0 8px; } h2 { font-size: 16px; margin: 32px 0 8px; }
.dim { color: var(--dim); } code, pre, .mono { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 12px; } caption { text-align: left; color: var(--dim); padding: 4px 0; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-top: 1px solid var(--line); overflow-wrap: anywhere; } th { color: var(--dim); font-weight: 500; white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; } dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
details { border-top: 1px solid var(--line); padding: 4px 0; } summary { cursor: pointer; } pre { background: var(--panel); padding: 8px; overflow: auto; max-height: 480px; white-space: pre-wrap; }
svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 11px system-ui, sans-serif; } svg .axis { stroke: var(--line); } svg .mark { fill: var(--accent); } svg .trigger { fill: #d55e00; }
@media print { details > * { display: block; } pre { max-height: none; } }
`
