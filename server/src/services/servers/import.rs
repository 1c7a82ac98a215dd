//! Tables of servers.

use app::model::{
    Error, Result,
    import::{ImportFile, ImportMode},
    server_import::ServerImportReport,
};

use super::Servers;

impl Servers {
    pub(super) async fn import_table(&self, _file: ImportFile, _mode: ImportMode) -> Result<ServerImportReport> {
        Err(Error::Unsupported { code: "not_a_table".into() })
    }
}
