//! Figures of the work with tickets over `/api/v1`.

use async_trait::async_trait;
use gloo_net::http::Method;

use super::{Http, call::Call};
use crate::{
    backend::Statistics,
    model::{
        Result,
        import::Download,
        statistics::{self, StatisticsQuery},
    },
};

#[async_trait]
impl Statistics for Http {
    async fn statistics(&self, query: StatisticsQuery) -> Result<statistics::Statistics> {
        self.send(asking(Method::GET, "/tickets/statistics", &query)).await
    }

    async fn statistics_download(&self, query: StatisticsQuery) -> Result<Download> {
        self.send(asking(Method::POST, "/tickets/statistics/download", &query)).await
    }
}

fn asking(method: Method, path: &str, query: &StatisticsQuery) -> Call {
    query.pairs().into_iter().fold(Call::new(method, path), |call, (name, value)| call.ask(name, &value))
}
