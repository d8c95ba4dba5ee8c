// The page that the picture of a control flow is drawn in: its frame, and colours that are the theme's.

import { Uri, type Webview } from 'vscode';

const STYLE = `
body { margin: 0; color: var(--vscode-editor-foreground); padding: 0; font-family: var(--vscode-editor-font-family); overflow: auto; }
#top { position: sticky; top: 0; left: 0; z-index: 1; display: flex; gap: 18px; align-items: center; padding: 4px 12px;
  font: var(--vscode-font-size) var(--vscode-font-family); color: var(--vscode-descriptionForeground);
  background: var(--vscode-editor-background); width: max-content; max-width: 100vw; box-sizing: border-box; flex-wrap: wrap; }
#legend { display: flex; gap: 14px; flex-wrap: wrap; }
#legend svg { vertical-align: middle; }
#notice { color: var(--vscode-editorWarning-foreground); }
.stale #canvas { opacity: 0.5; }
#canvas { padding: 8px; width: max-content; min-width: 100%; box-sizing: border-box; text-align: center; }
text { font-family: var(--vscode-editor-font-family); font-size: 12px; fill: var(--vscode-editor-foreground);
  white-space: pre; }
.box { fill: var(--vscode-editorWidget-background); stroke: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #808080)); }
.handler .box { stroke-dasharray: 4 3; stroke: var(--vscode-editorWarning-foreground); }
.block { cursor: pointer; outline: none; }
.block:hover .box { stroke: var(--vscode-focusBorder); }
.block:focus .box { stroke: var(--vscode-focusBorder); stroke-width: 2.5; }
.back { fill: transparent; }
.line:hover .back { fill: var(--vscode-list-hoverBackground); }
.marked .back { fill: var(--vscode-editor-findMatchHighlightBackground); stroke: var(--vscode-focusBorder); stroke-width: 1; }
.label { fill: var(--vscode-descriptionForeground); }
#canvas .tries { fill: var(--vscode-editorWarning-foreground); }
.bar { fill: var(--vscode-editor-foreground); }
.code { font-weight: bold; }
.opcode { fill: var(--vscode-symbolIcon-functionForeground, var(--vscode-editor-foreground)); }
.argument { fill: var(--vscode-descriptionForeground); }
.edge { fill: none; stroke: var(--vscode-editor-foreground); stroke-width: 1.2; stroke-opacity: 0.75; }
.edge.next { stroke-dasharray: 1.5 3; }
.edge.back { stroke-width: 2.6; stroke-opacity: 1; }
.edge.exception { stroke-dasharray: 5 4; stroke: var(--vscode-editorWarning-foreground); }
#head path, .head { fill: var(--vscode-editor-foreground); }
.head-exception { fill: var(--vscode-editorWarning-foreground); }
`;

/** The page for a webview of this extension. */
export function pictureHtml(webview: Webview, extensionUri: Uri): string {
  const nonce = crypto.randomUUID();
  const script = webview
    .asWebviewUri(Uri.joinPath(extensionUri, 'dist', 'vscode', 'flowGraph.js'))
    .toString();
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<div id="top"><div id="legend"></div><div id="notice" role="status"></div></div>
<div id="canvas"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
