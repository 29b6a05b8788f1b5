import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const MONO = 'var(--font-mono)'

/** The look of every editor: a control of the form that happens to know a language. Colours follow the theme by name. */
export const editorTheme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: MONO, lineHeight: '1.25rem', overflowX: 'auto' },
  '.cm-content': { padding: '5px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 9px' },
  '.cm-placeholder': { color: 'var(--faint)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--faint)' },
  '.cm-activeLineGutter, .cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklab, var(--accent) 24%, transparent)',
  },
  '.cm-matchingBracket': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--accent-soft)',
    outline: '1px solid var(--accent-line)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warn) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-tooltip': {
    zIndex: 60,
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '10px',
    boxShadow: 'var(--float)',
    color: 'var(--ink)',
    fontSize: '0.8125rem',
  },
  '.cm-tooltip-lint .cm-diagnostic': {
    borderLeft: 'none',
    padding: '6px 10px',
    fontFamily: 'var(--font-sans)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: MONO, maxHeight: '15rem', padding: '4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'baseline',
    gap: '8px',
    padding: '4px 8px',
    lineHeight: '1.25rem',
    borderRadius: '6px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--hover)', color: 'var(--ink)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)', fontWeight: 600 },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    paddingLeft: '16px',
    fontStyle: 'normal',
    color: 'var(--faint)',
    maxWidth: '14rem',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '.cm-tooltip.cm-completionInfo': {
    padding: '8px 10px',
    maxWidth: '20rem',
    margin: '0 4px',
    fontFamily: 'var(--font-sans)',
  },
  '.cm-offer-signature': { fontFamily: MONO, fontSize: '0.75rem', color: 'var(--accent)' },
  '.cm-offer-doc': { margin: '4px 0' },
  '.cm-offer-example': { fontFamily: MONO, fontSize: '0.75rem', color: 'var(--muted)' },
})

/** Texts with pills read as words, not as code. */
export const proseTheme = EditorView.theme({
  '&': { fontSize: '0.875rem' },
  '.cm-scroller': { fontFamily: 'var(--font-sans)', lineHeight: '1.25rem' },
  // Else a pill, which does not wrap, would make the text as wide as itself.
  '.cm-content': { minWidth: 0 },
})

export const editorHighlight = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--good)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--violet)' },
    { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--rose)' },
    { tag: [tags.propertyName], color: 'var(--ink)' },
    { tag: [tags.variableName], color: 'var(--accent)' },
    { tag: [tags.comment], color: 'var(--faint)', fontStyle: 'italic' },
    { tag: [tags.operator, tags.punctuation, tags.bracket], color: 'var(--muted)' },
  ]),
)
