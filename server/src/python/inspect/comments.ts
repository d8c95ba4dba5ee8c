// The comment lines right before a definition or at the head of a module. CPython: Lib/inspect.py, getcomments().
import { expandTabs, indentSize, leftStripped, stripped } from './lines.ts';

/** The comments that a module begins with, after a `#!` line and blank ones; undefined if it begins otherwise. */
export function moduleComments(lines: readonly string[]): string | undefined {
  let start = lines.at(0)?.startsWith('#!') ? 1 : 0;
  while (start < lines.length && ['', '#'].includes(stripped(lines[start]))) start++;
  let end = start;
  while (end < lines.length && lines[end].startsWith('#')) end++;
  if (end === start) return undefined;
  return lines.slice(start, end).map(expandTabs).join('');
}

/**
 * The block of comments above a line that are indented like it; undefined if there is none. Lines of nothing but `#`
 * at its ends are left out.
 *
 * @param line index of the definition's first line, from 0
 */
export function commentsBefore(lines: readonly string[], line: number): string | undefined {
  if (line === 0 || line >= lines.length) return undefined;
  const indentation = indentSize(lines[line]);
  const isComment = (at: number): boolean =>
    leftStripped(lines[at], true).startsWith('#') && indentSize(lines[at]) === indentation;
  let start = line;
  while (start > 0 && isComment(start - 1)) start--;
  if (start === line) return undefined;
  const comments = lines.slice(start, line).map(comment => leftStripped(expandTabs(comment), true));
  const isText = (comment: string): boolean => stripped(comment) !== '#';
  const first = comments.findIndex(isText);
  if (first < 0) return '';
  return comments.slice(first, comments.findLastIndex(isText) + 1).join('');
}
