// In the thread that loads modules. Our imports are written with their extensions, so Node resolves them by itself.
import { initialize as begin, load as translate } from 'tsx/esm'

export const initialize = () => begin?.({})

export function load(url, context, next) {
  const isOurs = url.startsWith('file:') && /\.tsx?$/.test(url) && !url.includes('/node_modules/')
  return isOurs ? translate(url, { ...context, format: 'module' }, next) : next(url, context)
}
