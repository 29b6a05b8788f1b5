import { followSystemTheme } from './lib/theme.ts'
import { hostedPage } from './paths.ts'
import './styles.css'

followSystemTheme()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

// Who only writes to a chat or fills in a form, on whatever phone, fetches no more than that.
const { start } = hostedPage(location.pathname) ? await import('./hosted.tsx') : await import('./app.tsx')
await start(root)
