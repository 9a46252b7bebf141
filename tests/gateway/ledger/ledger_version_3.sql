-- A ledger of version 3 with one order that is settled.
BEGIN TRANSACTION;
CREATE TABLE deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  message INTEGER NOT NULL REFERENCES messages (row),
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  answer TEXT NOT NULL DEFAULT '',
  finished_at INTEGER
);
INSERT INTO "deliveries" VALUES(1,1,1795544009131,'confirmed','OK',1795544009142);
CREATE TABLE document_counts (state TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "document_counts" VALUES('accepted',0);
INSERT INTO "document_counts" VALUES('sealed',0);
INSERT INTO "document_counts" VALUES('sent',0);
INSERT INTO "document_counts" VALUES('settled',1);
CREATE TABLE documents (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL, version INTEGER NOT NULL, newest INTEGER NOT NULL DEFAULT 1,
  type TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL,
  enterprise TEXT NOT NULL, port TEXT NOT NULL, dxp_id TEXT NOT NULL,
  guid TEXT NOT NULL, app_type TEXT NOT NULL, app_status TEXT NOT NULL, app_time TEXT NOT NULL,
  content_digest TEXT NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL, stage TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  due INTEGER,
  revision INTEGER NOT NULL DEFAULT 1,
  message INTEGER REFERENCES messages (row),
  deliveries_begun INTEGER NOT NULL DEFAULT 0,
  first_send INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (id, version),
  UNIQUE (key, version)
);
INSERT INTO "documents" VALUES(1,'d0b1f838-007a-426e-b4bf-d90e7164c52e',1,1,'CEB311Message','CEB311Message/4601960001/A3','A3','4601960001','hainan','DXPENT0000000001','44F1A503-FEB7-48F0-B1B2-1D89A6C731D2','1','2','20261125021329','68f095314990927aa0cd2cd1d8a2eeedb7f9669956a9fe309bc8c0d74176b75a','{"OrderHead":{"guid":"44F1A503-FEB7-48F0-B1B2-1D89A6C731D2","appType":"1","appTime":"20261125021329","appStatus":"2","orderType":"I","orderNo":"A3","ebpCode":"4601960001","ebpName":"示例电子商务有限公司","ebcCode":"4601960001","ebcName":"示例电子商务有限公司","goodsValue":"199","freight":"10","discount":"0","taxTotal":"18.10","acturalPaid":"227.10","currency":"142","buyerRegNo":"user-1","buyerName":"测试甲","buyerTelephone":"10000000000","buyerIdType":"1","buyerIdNumber":"990000199001010017","consignee":"测试甲","consigneeTelephone":"10000000000","consigneeAddress":"海南省海口市示例路1号"},"OrderList":[{"gnum":"1","itemName":"示例面霜","gmodel":"50毫升","unit":"011","qty":"2","price":"99.50","totalPrice":"199","currency":"142","country":"110"}]}','settled','120','lodged','',NULL,6,1,1,1795544009131,1795544009128);
CREATE TABLE foreign_numbers (
  value TEXT NOT NULL, kind TEXT NOT NULL, dxp_id TEXT NOT NULL,
  PRIMARY KEY (value, kind, dxp_id)
) WITHOUT ROWID;
CREATE TABLE idempotency (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  client TEXT NOT NULL, key TEXT NOT NULL,
  request_digest TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (client, key)
);
CREATE TABLE inbound (
  row INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  port TEXT NOT NULL, source TEXT NOT NULL, dxp_id TEXT NOT NULL,
  bytes BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT ''
);
INSERT INTO "inbound" VALUES(1,'0df7f8acb3f79ad29b674b716d0daba05be733fa748b91b111840dd52bc9953e','hainan','/ceb312msg','DXPENT0000000001',X'7B656263636F64653D343630313936303030312C20656270636F64653D343630313936303030312C20696E73746D3D313739353534343030393334302C206F726465726E6F3D41332C206F72675F69643D312C2072655F6F726465725F677569643D34344631413530332D464542372D343846302D423142322D3144383941364337333144322C2072657475726E696E666F3DE696B0E5A29EE794B3E68AA5E68890E58A9F5B34344631413530332D464542372D343846302D423142322D3144383941364337333144325D2C2072657475726E7374617475733D322C2072657475726E74696D653D313739353534343030393334302C2072657475726E74696D65323D32303236313132353032313332392C207472616E735F64787069643D445850454E54303030303030303030317D',1795544011206,'applied','');
INSERT INTO "inbound" VALUES(2,'d1b3ef68d1fd66264e281bd954130d8cd1eae55981caefc55906cf3dad252a5c','hainan','/ceb312msg','DXPENT0000000001',X'7B656263636F64653D343630313936303030312C20656270636F64653D343630313936303030312C20696E73746D3D313739353534343030393534302C206F726465726E6F3D41332C206F72675F69643D312C2072655F6F726465725F677569643D34344631413530332D464542372D343846302D423142322D3144383941364337333144322C2072657475726E696E666F3D5B436F64653A313830303B446573633AE980BBE8BE91E6A0A1E9AA8CE9809AE8BF875D2C2072657475726E7374617475733D3132302C2072657475726E74696D653D313739353534343030393534302C2072657475726E74696D65323D32303236313132353032313332392C207472616E735F64787069643D445850454E54303030303030303030317D',1795544011206,'applied','');
CREATE TABLE inbound_counts (state TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "inbound_counts" VALUES('applied',2);
INSERT INTO "inbound_counts" VALUES('fresh',0);
CREATE TABLE message_documents (
  message INTEGER NOT NULL REFERENCES messages (row),
  document INTEGER NOT NULL REFERENCES documents (row),
  PRIMARY KEY (document, message)
) WITHOUT ROWID;
INSERT INTO "message_documents" VALUES(1,1);
CREATE TABLE messages (
  row INTEGER PRIMARY KEY,
  guid TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL, enterprise TEXT NOT NULL, port TEXT NOT NULL, dialect TEXT NOT NULL,
  signed_xml BLOB NOT NULL, envelope BLOB NOT NULL,
  sealed_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  first_try INTEGER,
  in_flight INTEGER NOT NULL DEFAULT 0,  -- deliveries begun and not finished
  due INTEGER                            -- the earliest of its documents that still have to be sent
);
INSERT INTO "messages" VALUES(1,'E9A376F2-F7FF-4D04-B525-2854046E7C76','CEB311Message','4601960001','hainan','sm2-sm3',X'3C7369676E65642F3E',X'7B2264617461223A2250484E705A32356C5A43382B227D',1795544009129,1,1795544009131,0,NULL);
CREATE TABLE moves (
  cursor INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL REFERENCES documents (row),
  enterprise TEXT NOT NULL,
  at INTEGER NOT NULL,
  from_state TEXT NOT NULL, to_state TEXT NOT NULL,
  stage TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL
);
INSERT INTO "moves" VALUES(1,1,'4601960001',1795544009128,'accepted','accepted','','','','erp');
INSERT INTO "moves" VALUES(2,1,'4601960001',1795544009129,'accepted','sealed','','','','dispatch');
INSERT INTO "moves" VALUES(3,1,'4601960001',1795544009142,'sealed','sent','','','口岸已接收，尚无回执；长时间无回执可能是报文未通过其校验 | taken by the port, no receipt yet; long silence may mean that its schema refused the message','dispatch');
INSERT INTO "moves" VALUES(4,1,'4601960001',1795544011207,'sent','settled','2','lodged','','receipts');
INSERT INTO "moves" VALUES(5,1,'4601960001',1795544011212,'settled','settled','120','lodged','','receipts');
CREATE TABLE numbers (
  value TEXT NOT NULL, kind TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (row),
  PRIMARY KEY (value, kind, document)
) WITHOUT ROWID;
INSERT INTO "numbers" VALUES('44F1A503-FEB7-48F0-B1B2-1D89A6C731D2','guid',1);
INSERT INTO "numbers" VALUES('A3','orderNo',1);
INSERT INTO "numbers" VALUES('E9A376F2-F7FF-4D04-B525-2854046E7C76','guid',1);
CREATE TABLE probe (one INTEGER PRIMARY KEY CHECK (one = 1), writes INTEGER NOT NULL);
INSERT INTO "probe" VALUES(1,1);
CREATE TABLE receipts (
  row INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of arrival
  document INTEGER NOT NULL REFERENCES documents (row),
  inbound INTEGER NOT NULL REFERENCES inbound (row),
  status TEXT NOT NULL, return_time TEXT NOT NULL, return_info TEXT NOT NULL,
  returned_at INTEGER NOT NULL, at INTEGER NOT NULL,
  effect TEXT NOT NULL
);
INSERT INTO "receipts" VALUES(1,1,1,'2','20261125021329340','新增申报成功[44F1A503-FEB7-48F0-B1B2-1D89A6C731D2]',1795544009340,1795544011207,'settled');
INSERT INTO "receipts" VALUES(2,1,2,'120','20261125021329540','[Code:1800;Desc:逻辑校验通过]',1795544009540,1795544011212,'recorded');
CREATE TABLE signings (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  client TEXT NOT NULL, enterprise TEXT NOT NULL,
  kind TEXT NOT NULL,     -- xml, text
  bytes INTEGER NOT NULL, digest TEXT NOT NULL,
  type TEXT NOT NULL,
  manner TEXT NOT NULL,   -- the dialect, or the algorithm of a plain text
  serial TEXT NOT NULL,
  outcome TEXT NOT NULL,  -- made, refused
  reason TEXT NOT NULL
);
CREATE TABLE unexplained_codes (
  type TEXT NOT NULL, code TEXT NOT NULL,
  example TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  PRIMARY KEY (type, code)
) WITHOUT ROWID;
CREATE TABLE windows (
  port TEXT NOT NULL, source TEXT NOT NULL, dxp_id TEXT NOT NULL,
  read_up_to INTEGER NOT NULL,
  PRIMARY KEY (port, source, dxp_id)
) WITHOUT ROWID;
INSERT INTO "windows" VALUES('hainan','/ceb312msg','DXPENT0000000001',1795544009540);
CREATE INDEX documents_by_time ON documents (created_at) WHERE newest = 1;
CREATE INDEX documents_by_state ON documents (state, created_at) WHERE newest = 1;
CREATE INDEX documents_by_enterprise ON documents (enterprise, created_at) WHERE newest = 1;
CREATE INDEX documents_by_type ON documents (type, created_at) WHERE newest = 1;
CREATE INDEX documents_by_number ON documents (number) WHERE newest = 1;
CREATE INDEX documents_by_message ON documents (message) WHERE message IS NOT NULL;
CREATE INDEX documents_due ON documents (port, due) WHERE state = 'accepted';
CREATE INDEX documents_next_due ON documents (due) WHERE state = 'accepted';
CREATE INDEX documents_waiting ON documents (port, created_at, state)
  WHERE newest = 1 AND state IN ('accepted', 'sealed', 'deferred', 'unconfirmed');
CREATE INDEX documents_unsettled ON documents (port, first_send)
  WHERE first_send IS NOT NULL AND state IN ('sealed', 'deferred', 'unconfirmed', 'sent', 'held');
CREATE INDEX messages_due ON messages (port, due) WHERE due IS NOT NULL AND in_flight = 0;
CREATE INDEX messages_next_due ON messages (due) WHERE due IS NOT NULL AND in_flight = 0;
CREATE INDEX numbers_of_document ON numbers (document);
CREATE INDEX moves_of_document ON moves (document);
CREATE INDEX moves_of_enterprise ON moves (enterprise, cursor);
CREATE INDEX deliveries_of_message ON deliveries (message);
CREATE INDEX deliveries_open ON deliveries (number) WHERE outcome = 'begun';
CREATE INDEX inbound_by_state ON inbound (state);
CREATE INDEX receipts_of_document ON receipts (document);
CREATE INDEX idempotency_by_time ON idempotency (at);
CREATE TRIGGER documents_counted AFTER INSERT ON documents WHEN new.newest = 1 BEGIN
  INSERT INTO document_counts VALUES (new.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER documents_counted_anew AFTER UPDATE OF state, newest ON documents
  WHEN new.state <> old.state OR new.newest <> old.newest BEGIN
  UPDATE document_counts SET count = count - 1 WHERE state = old.state AND old.newest = 1;
  INSERT INTO document_counts SELECT new.state, 1 WHERE new.newest = 1
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER inbound_counted AFTER INSERT ON inbound BEGIN
  INSERT INTO inbound_counts VALUES (new.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER inbound_counted_anew AFTER UPDATE OF state ON inbound WHEN new.state <> old.state BEGIN
  UPDATE inbound_counts SET count = count - 1 WHERE state = old.state;
  INSERT INTO inbound_counts VALUES (new.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE INDEX signings_by_time ON signings (at);
CREATE INDEX signings_by_enterprise ON signings (enterprise, at);
CREATE INDEX signings_by_client ON signings (client, at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('moves',5);
INSERT INTO "sqlite_sequence" VALUES('deliveries',1);
INSERT INTO "sqlite_sequence" VALUES('receipts',2);
COMMIT;
PRAGMA application_id = 1128612423;
PRAGMA user_version = 3;
