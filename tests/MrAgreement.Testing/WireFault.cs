namespace MrAgreement.Testing;

/// <summary>What goes wrong on the way to the server, or back.</summary>
public enum WireFault
{
    None,
    InternalError,
    Unavailable,

    /// <summary>503 that asks for a second.</summary>
    Throttled,

    /// <summary>503 that asks for an hour.</summary>
    ThrottledForLong,

    /// <summary>The connection is cut before the server has the request.</summary>
    CutBefore,

    /// <summary>The server does what it was asked, and the connection is cut before it can say so.</summary>
    CutAfter,

    /// <summary>The server does what it was asked, and its answer comes when nobody waits for it any more.</summary>
    Late,

    /// <summary>The server's answer breaks off in the middle.</summary>
    CutShort,

    /// <summary>The connection is cut, and the request is still on its way: it reaches the server when the test lets it.</summary>
    Held,

    /// <summary>The server takes the request and never answers.</summary>
    Silent,

    /// <summary>The server does not know the version of its protocol that is asked for.</summary>
    Older,

    /// <summary>403 from a server whose clock is an hour ahead.</summary>
    AnotherTime,

    /// <summary>409 from a server that must keep what is to be deleted.</summary>
    Retained
}
