import * as z from 'zod/mini'
import { deliveryChannels } from './file-view.ts'

/** `POST /api/file/<id>/delivered`: which channel's news the browser rendered. The first report stays. */
export const deliveryReportSchema = z.strictObject({ by: z.enum(deliveryChannels) })
