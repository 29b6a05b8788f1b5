import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Markdown, safeLink } from '#client/ui/Markdown.tsx'
import { hostedPage } from '../../paths.ts'
import { accentStyle } from './accent.ts'

afterEach(cleanup)

describe('a text of a stranger', () => {
  const html = (text: string) => render(<Markdown text={text} />).container.innerHTML

  it('has shape', () => {
    expect(html('**a** _b_ `c`\n\n- d')).toMatch(
      /<strong>a<\/strong>.*<em>b<\/em>.*<code>c<\/code>.*<li>d<\/li>/s,
    )
  })

  it('loads nothing and runs nothing', () => {
    const shown = html(
      '![x](https://evil.example/a.png) <img src="https://evil.example/b.png" onerror="alert(1)"> <script>alert(1)</script>\n\n<iframe src="//evil.example"></iframe>\n\n[link](javascript:alert(1)) [data](data:text/html,x) <style>*{}</style>',
    )
    for (const part of ['<img', '<script', '<iframe', '<style', 'onerror=', 'javascript:', 'data:', 'href'])
      expect([part, shown.includes(part)]).toEqual([part, false])
  })

  it.each([
    ['https://a.example/b?c=d', true],
    ['mailto:ada@example.com', true],
    ['javascript:alert(1)', false],
    [' javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['//evil.example', false],
    ['/acme/members', false],
    ['vbscript:x', false],
  ])('leads to %s: %s', (url, leads) => expect(safeLink(url) !== '').toBe(leads))

  it('opens links elsewhere, and tells nothing of this page', () => {
    expect(html('[a](https://a.example)')).toContain('rel="noopener noreferrer nofollow"')
  })
})

it.each([
  ['#0f766e', '#ffffff'],
  ['#000000', '#ffffff'],
  ['#facc15', '#111111'],
  ['#ffffff', '#111111'],
])('text on %s is %s', (accent, on) => expect(accentStyle(accent)['--on-accent']).toBe(on))

it.each(['', 'red', '#fff', 'url(https://evil.example)', '#00000;background:url(x)'])(
  '%j is no colour',
  (accent) => expect(accentStyle(accent)).toEqual({}),
)

it.each([
  ['/chat/acme/support', { kind: 'chat', tenant: 'acme', name: 'support' }],
  ['/forms/acme/contact', { kind: 'form', tenant: 'acme', name: 'contact' }],
  ['/forms/acme/wait/abc', { kind: 'wait', tenant: 'acme', name: 'abc' }],
  ['/chat/acme', null],
  ['/chat/acme/', null],
  ['/chat/acme/a/b', null],
  ['/forms/acme/wait/', null],
  ['/forms/acme/other/abc', null],
  ['/acme/runs', null],
  ['/', null],
])('%s is %j', (path, page) => expect(hostedPage(path)).toEqual(page))
