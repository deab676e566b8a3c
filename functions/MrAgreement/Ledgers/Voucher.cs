using MrAgreement.Money;

namespace MrAgreement.Ledgers;

/// <summary>A voucher of a ledger, as the file has it: rows that together are zero.</summary>
/// <param name="Series">Empty where the file gives none.</param>
/// <param name="Number">Within its series and financial year; empty where the file gives none.</param>
/// <param name="Text">May name people.</param>
/// <param name="Line">Line of the file that it begins on, from 1.</param>
/// <param name="Rows">Only those that count: neither struck-out rows nor the marks of rows added later.</param>
public sealed record Voucher(string Series, string Number, LocalDate Date, string Text, int Line, IReadOnlyList<VoucherRow> Rows);

/// <param name="Amount">Debit positive, credit negative.</param>
/// <param name="Date">The row's own date, or else its voucher's.</param>
/// <param name="Text">May name people.</param>
public sealed record VoucherRow(string Account, IReadOnlyList<LedgerObject> Objects, Kronor Amount, LocalDate Date, string Text);

/// <summary>What a row is charged to: a project, a cost centre.</summary>
/// <param name="Dimension">6 for a project. Source: SIE 4B, reserved dimensions.</param>
public readonly record struct LedgerObject(int Dimension, string Code);
