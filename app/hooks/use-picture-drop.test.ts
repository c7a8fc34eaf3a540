import { says } from '../../tests/support/says.ts'
import { expect, it } from 'vitest'
import { checkPicture } from './use-picture-drop.ts'

it('accepts three types of pictures, up to 10 MB', () => {
  expect(checkPicture({ name: 'a.png', type: 'image/png', size: 10 * 1024 * 1024 })).toBeNull()
  expect(checkPicture({ name: 'a.webp', type: 'image/webp', size: 1 })).toBeNull()
})

it('names what is wrong with other files', () => {
  expect(checkPicture({ name: 'a.gif', type: 'image/gif', size: 1 })).toEqual(
    says('a.gif is not a PNG, JPEG or WebP picture.'),
  )
  expect(checkPicture({ name: 'a.png', type: 'image/png', size: 12_345_678 })).toEqual(
    says('a.png is 12.3 MB. The limit is 10 MB.'),
  )
})
