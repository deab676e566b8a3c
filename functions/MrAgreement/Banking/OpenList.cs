namespace MrAgreement.Banking;

/// <summary>Open items that are alike in something, oldest first.</summary>
sealed class OpenList
{
    readonly List<OpenItem> items = [];
    bool isSorted = true;

    public void Add(OpenItem item)
    {
        items.Add(item);
        isSorted = false;
    }

    /// <summary>The oldest that are not taken, at most so many.</summary>
    public List<OpenItem> Open(int most) => Open(most, LocalDate.MinIsoValue, LocalDate.MaxIsoValue);

    /// <summary>Both days included.</summary>
    public List<OpenItem> Open(int most, LocalDate from, LocalDate to)
    {
        if (!isSorted)
            items.Sort();
        isSorted = true;
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = items[middle].Day < from ? (middle + 1, high) : (low, middle);
        }
        var found = new List<OpenItem>();
        var taken = 0;
        for (var i = low; i < items.Count && items[i].Day <= to && found.Count < most; i++)
        {
            if (items[i].IsTaken)
                taken++;
            else
                found.Add(items[i]);
        }
        // Taken ones are cleared away before they cost more than they are worth.
        if (taken > 16 + found.Count)
            items.RemoveAll(item => item.IsTaken);
        return found;
    }
}
