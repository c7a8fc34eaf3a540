import { withTestDatabase } from '../../support/database/test-database.ts'
import { playShare } from './money-rules.ts'

withTestDatabase()
playShare(2)
