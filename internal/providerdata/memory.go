// SPDX-License-Identifier: MPL-2.0

package providerdata

// remembered is what one kind of object keeps of one account.
type remembered[T any] struct{ accountID string }

// Remember takes down, for the rest of this run, what it has found out about one account, such as
// what a refresh found in the private state of an object. The deletion of a tainted object gets no
// private state but that which its replacement was planned with, and only the refresh of the same
// run has seen its own.
func Remember[T any](d *Data, accountID string, kept T) {
	d.memory.Store(remembered[T]{accountID}, kept)
}

// RemembersNothing reports whether nothing was taken down, as where no object was refreshed.
func (d *Data) RemembersNothing() bool {
	isEmpty := true
	d.memory.Range(func(_, _ any) bool {
		isEmpty = false
		return false
	})
	return isEmpty
}

// Recall returns what Remember took down, and whether it did.
func Recall[T any](d *Data, accountID string) (T, bool) {
	kept, ok := d.memory.Load(remembered[T]{accountID})
	if !ok {
		var nothing T
		return nothing, false
	}
	return kept.(T), true
}
