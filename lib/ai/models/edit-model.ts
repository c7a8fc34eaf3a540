import { message } from '#lib/messages/message'
import type { Model } from './model.ts'
import { usual, usualDefaults } from './usual.ts'

/** What edits are made by: this studio itself. It is found by its id, and offered nowhere. */
export const editModel: Model = {
  id: 'edit',
  kind: 'video',
  label: 'Edit',
  description: message('edits.reason'),
  isDemo: false,
  state: 'available',
  replacementId: null,
  supports: { ...usual, cancel: true, sourceVideo: 'required' },
  defaults: usualDefaults,
  routes: [
    {
      provider: 'edits',
      model: 'edit',
      price: { perSecondUsd: 0, perRunUsd: 0 },
      usualSeconds: null,
    },
  ],
}
