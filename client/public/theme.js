// Sets the theme and language before the first paint. A file of its own because the page's policy forbids inline scripts.
;(() => {
  const root = document.documentElement
  let theme = 'system'
  let locale = null
  try {
    theme = localStorage.getItem('trama.theme') ?? 'system'
    locale = localStorage.getItem('trama.locale')
  } catch {
    // Storage may be forbidden; the defaults are good.
  }
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  if (locale === 'en' || locale === 'pt-BR') root.lang = locale
})()
