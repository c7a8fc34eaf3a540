import { withTestDatabase } from '../support/test-database.ts'
import { playShare } from './money-rules.ts'

withTestDatabase()
playShare(4)
