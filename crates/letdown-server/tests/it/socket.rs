use crate::helpers::envelopes;
use letdown_server::{Settings, serve};
use letdown_store::{DataFolder, Store};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

#[tokio::test(flavor = "multi_thread")]
async fn entries_go_through_a_real_socket_and_are_there_after_the_end() {
    let home = tempfile::tempdir().unwrap();
    let device = letdown_journal::entry::DeviceId::new("server").unwrap();
    let store = DataFolder::create(home.path(), "j-1", &device).unwrap().into_store();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async { drop(stopped.await) };
    let server = tokio::spawn(serve(listener, store, Settings::default(), shutdown));

    let answer = post(&address, &envelopes("phone", 1..=20)).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with(r#"{"known":0,"stored":20}"#),
        "{answer}"
    );
    let request = format!("GET /v1/entries HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    assert!(exchange(&address, &request).await.ends_with(r#""next":20,"more":false}"#));
    let answer = post(&address, &"x".repeat(9 * 1024 * 1024)).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("At most 8 MiB"), "{answer}");

    // A connection that stays open must not hold up the end.
    let _idle = TcpStream::connect(&address).await.unwrap();
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    assert!(TcpStream::connect(&address).await.is_err());
    assert_eq!(DataFolder::open(home.path()).unwrap().store().all().unwrap().len(), 20);
}

async fn post(address: &str, body: &str) -> String {
    let length = body.len();
    exchange(
        address,
        &format!("POST /v1/entries HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"),
    )
    .await
}

async fn exchange(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may answer and close before it has read all of a request that is too long.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
