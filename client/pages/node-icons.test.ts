import { Box } from 'lucide-react'
import { expect, it } from 'vitest'
import { iconNamed } from '#client/ui/node-icons.ts'
import { catalogInfo } from '#nodes/catalog-info.ts'

it('draws the icon of every node', () => {
  expect(catalogInfo.filter(({ icon }) => icon !== 'box' && iconNamed(icon) === Box)).toEqual([])
})

it('draws a box for a name it does not know', () => {
  expect([iconNamed('constructor'), iconNamed('no-such'), iconNamed('Box')]).toEqual([Box, Box, Box])
})
