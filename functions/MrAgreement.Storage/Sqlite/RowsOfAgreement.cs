namespace MrAgreement.Storage.Sqlite;

/// <summary>A table of read models that holds some rows of each agreement, all columns of which are text.</summary>
/// <param name="columns">All but the agreement's id.</param>
sealed class RowsOfAgreement(string table, params IReadOnlyList<string> columns)
{
    // Stands in no text that comes in.
    const char Separator = '\u001f';

    readonly string find = $"SELECT rowid, concat_ws(char({(int)Separator}), {string.Join(", ", columns.Select(column => $"ifnull({column}, '')"))}) FROM {table} WHERE agreement = ?1";
    readonly string insert = $"INSERT INTO {table} (agreement, {string.Join(", ", columns)}) VALUES (?1, {string.Join(", ", columns.Select((_, i) => $"?{i + 2}"))})";
    readonly string delete = $"DELETE FROM {table} WHERE rowid = ?1";

    /// <summary>Brings an agreement's rows to what they are to be. Few of them change at a time:
    /// each is compared as one text, and one that stays as it is costs no writing.</summary>
    /// <param name="rows">The values of the columns, in order.</param>
    public void Replace(SqliteSession session, byte[] agreement, IEnumerable<string?[]> rows)
    {
        var missing = new Dictionary<string, string?[]>();
        foreach (var row in rows)
            missing[string.Join(Separator, row)] = row;
        var gone = new List<long>();
        using (var row = session.Query(find, agreement))
        {
            while (row.Read())
                if (!missing.Remove(row.GetString(1)))
                    gone.Add(row.GetInt64(0));
        }
        foreach (var id in gone)
            session.Execute(delete, id);
        foreach (var values in missing.Values)
            session.Execute(insert, [agreement, .. values]);
    }
}
