import account from './account'
import amend from './amend'
import audit from './audit'
import document from './document'
import documents from './documents'
import overview from './overview'
import parts from './parts'
import ports from './ports'
import reconciliation from './reconciliation'
import refusals from './refusals'
import replay from './replay'
import session from './session'
import shell from './shell'
import tables from './tables'
import waiting from './waiting'

export default {
  account,
  amend,
  audit,
  document,
  documents,
  overview,
  parts,
  ports,
  reconciliation,
  refusals,
  replay,
  session,
  shell,
  tables,
  waiting,
}
