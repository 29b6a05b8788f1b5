import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { safeLink } from '#client/ui/Markdown.tsx'
import { Readme } from './Readme.tsx'

afterEach(cleanup)

it('writes text, lists, code and links', () => {
  render(<Readme text={'# Orders\n\n- one\n- two\n\n`code` and [a link](https://example.com/x)'} />)
  expect(screen.getByRole('heading', { name: 'Orders', level: 3 })).toBeTruthy()
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
  const link = screen.getByRole('link', { name: 'a link' })
  expect(link.getAttribute('href')).toBe('https://example.com/x')
  expect(link.getAttribute('rel')).toContain('noopener noreferrer')
})

it.each([
  '<script>window.__xss=1</script>',
  '<img src=x onerror="window.__xss=1">',
  '![probe](https://canary.example/x.png)',
  '<iframe src="https://canary.example"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<svg onload="window.__xss=1"></svg>',
  '<style>body{display:none}</style>',
])('renders nothing active of %s', (text) => {
  const { container } = render(<Readme text={`before ${text} after`} />)
  expect(container.querySelector('script, img, iframe, svg, style, a, [onerror], [onload]')).toBeNull()
  expect(container.textContent).toContain('before')
})

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'JaVaScRiPt:alert(1)',
  '//evil.example',
  '/api/health',
  'vbscript:x',
  'file:///etc',
])('leads nowhere for %s', (href) => {
  expect(safeLink(href)).toBe('')
  const { container } = render(<Readme text={`[click](${href})`} />)
  expect(container.querySelector('a[href]')).toBeNull()
})
