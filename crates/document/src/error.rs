//! What can be wrong with a document, a change or a record.

/// Kinds of refusals. None carries content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Bytes that are no change of ours: wrong chunk, length, limits, not canonical.
    #[error("malformed change")]
    Malformed,
    /// A limit is passed (operations, size, dependencies, actors).
    #[error("over a limit")]
    TooLarge,
    /// A dependency is not here.
    #[error("missing dependency")]
    MissingDependency,
    /// (document, actor, sequence) was used by another change: two stores write under one actor.
    #[error("sequence already used")]
    Clone,
    /// The actor does not belong to the signer.
    #[error("actor of another signer")]
    ForeignActor,
    /// An operation that the schema does not allow.
    #[error("not in the schema")]
    NotInSchema,
    /// A value that its field does not allow.
    #[error("value not allowed")]
    BadValue,
    /// A fact that is not in the document.
    #[error("no such fact")]
    NoSuchFact,
    /// A signature that does not hold.
    #[error("signature does not hold")]
    BadSignature,
    /// A sealed change that does not open under this key, or is not the one its header names.
    #[error("seal does not open")]
    BadSeal,
    /// A chain of records that does not hold together.
    #[error("chain does not hold")]
    BadChain,
    /// A step of the chain that its signer may not sign.
    #[error("signer not entitled")]
    NotEntitled,
    /// A panic of the library was contained; the document is to be loaded again.
    #[error("contained a panic of the document library")]
    Panicked,
}
