// The only memory of the gateway, as one book for each of those who write in it or look. Every call is one transaction,
// durable when it returns; calls block (run them through gateway/offload) and may come from several threads. Whoever
// moves a document hands in the revision it read: if the document has changed meanwhile nothing is written and the call
// says so. Failures of the store throw LedgerError; nothing half-done stays.
#pragma once

#include "gateway/ledger/accounts_book.h"
#include "gateway/ledger/alerts_book.h"
#include "gateway/ledger/archive_book.h"
#include "gateway/ledger/audit_book.h"
#include "gateway/ledger/casework_book.h"
#include "gateway/ledger/dispatch_book.h"
#include "gateway/ledger/evidence_book.h"
#include "gateway/ledger/facts_book.h"
#include "gateway/ledger/imports_book.h"
#include "gateway/ledger/inbound_book.h"
#include "gateway/ledger/intake_book.h"
#include "gateway/ledger/ledger_error.h"
#include "gateway/ledger/notices_book.h"
#include "gateway/ledger/operations_book.h"
#include "gateway/ledger/overview_book.h"
#include "gateway/ledger/ports_book.h"
#include "gateway/ledger/receipts_book.h"
#include "gateway/ledger/replays_book.h"
#include "gateway/ledger/sharing_book.h"
#include "gateway/ledger/siblings_book.h"
#include "gateway/ledger/signings_book.h"

namespace gateway::ledger {

class Ledger : public IntakeBook,
               public DispatchBook,
               public ReceiptsBook,
               public OperationsBook,
               public ReplaysBook,
               public InboundBook,
               public EvidenceBook,
               public SigningsBook,
               public NoticesBook,
               public ImportsBook,
               public ArchiveBook,
               public FactsBook,
               public SiblingsBook,
               public AuditBook,
               public CaseworkBook,
               public PortsBook,
               public OverviewBook,
               public AlertsBook,
               public AccountsBook,
               public SharingBook {};

}  // namespace gateway::ledger
