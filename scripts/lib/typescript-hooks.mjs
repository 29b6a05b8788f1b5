// In the thread that loads modules. Our imports are written with their extensions, so Node resolves them by itself.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

// The esbuild that tsx brings, without what tsx does besides: it looks at every module of node_modules, which makes a start
// three times as slow, and it names each function anew whenever it is made, which took a fifth of the CPU of a run.
const ofTsx = createRequire(createRequire(import.meta.url).resolve('tsx'))
const { transform } = ofTsx('esbuild')

export async function load(url, context, next) {
  const isOurs = url.startsWith('file:') && /\.tsx?$/.test(url) && !url.includes('/node_modules/')
  if (!isOurs) return next(url, context)
  const file = fileURLToPath(url)
  const { code } = await transform(await readFile(file, 'utf8'), {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    target: `node${process.versions.node}`,
    sourcefile: file,
    sourcemap: 'inline',
    sourcesContent: false,
  })
  return { format: 'module', source: code, shortCircuit: true }
}
