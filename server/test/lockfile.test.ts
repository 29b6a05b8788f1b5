import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = path.resolve(import.meta.dirname, '../..')
const text = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')
const Package = z.object({
  version: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})
type Packages = Record<string, z.infer<typeof Package>>
const { packages } = z.object({ packages: z.record(z.string(), Package) }).parse(JSON.parse(text))

/** Optional packages that no place of the lock file holds: on their platform `npm ci` would fail or go without. */
function missing(all: Packages): string[] {
  return Object.entries(all).flatMap(([from, { optionalDependencies }]) =>
    Object.keys(optionalDependencies).filter((name) => !places(from, name).some((place) => place in all)),
  )
}

/** Where Node looks for a package that a package in the tree asks for: beside it, and in each folder above. */
function places(from: string, name: string): string[] {
  const parts = from.split('/node_modules/')
  const above = parts.map((_, index) => parts.slice(0, parts.length - index).join('/node_modules/'))
  return [...above.filter(Boolean).map((place) => `${place}/node_modules/${name}`), `node_modules/${name}`]
}

test('the lock file is whole for every platform', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(300)
  expect(missing(packages)).toEqual([])
})

test('a missing platform would be noticed', () => {
  const { 'node_modules/@esbuild/darwin-arm64': _, ...rest } = packages
  expect(Object.keys(rest)).toHaveLength(Object.keys(packages).length - 1)
  expect(missing(rest)).toContain('@esbuild/darwin-arm64')
})

test('the lock file names no host to download from', () => {
  expect(text).not.toContain('"resolved"')
  expect(
    [...text.matchAll(/"[^"]*(?:https?|git\+\w+):\/\/[^"]*"/g)].map(([url]) => url).filter(isDownload),
  ).toEqual([])
})

// Where packages ask for money.
const isDownload = (url: string) => /\.tgz|registry|localhost|127\.0\.0\.1|git\+/.test(url)

test('the schema engine from npm is the one this Prisma was made with', () => {
  const engine = packages['node_modules/@prisma/schema-engine-wasm']?.version
  expect(engine).toBeDefined()
  expect(packages['node_modules/@prisma/engines-version']?.version).toBe(engine)
})

test('no package is in a range: each is one version', () => {
  const file = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  const versions = z
    .record(z.string(), z.string())
    .parse({ ...file.dependencies, ...file.devDependencies, ...file.optionalDependencies })
  expect(
    Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version)),
  ).toEqual([])
})
