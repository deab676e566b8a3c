namespace MrAgreement.Storage;

/// <summary>A store that can't be opened as it is; the message says which file, what is wrong and what to do.</summary>
public sealed class StoreRefusedException(string message, Exception? inner = null) : Exception(message, inner);
