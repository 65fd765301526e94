// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// unsettled is what the private state keeps of a connection: what an update that failed half-way
// has left to be done, and whether it is another's.
type unsettled struct {
	// Keys is true where Refold may hold other keys than the state says.
	Keys bool `json:"keys,omitempty"`
	// AuthTypes are connections of other types that this resource made, or may have made, and that
	// are still to be removed.
	AuthTypes []string `json:"auth_types,omitempty"`
	// ConnectedAt is when these were made, by type, as far as Refold has said.
	ConnectedAt map[string]string `json:"connected_at,omitempty"`
	// Ended is when the last attempt ended, in RFC 3339, by the type of which keys were saved
	// without an answer that says what became of them.
	Ended map[string]string `json:"ended,omitempty"`
	// Another is the connection of the state where somebody else has made it.
	Another another `json:"another,omitzero"`
}

// another is a connection that was found in place of that of the state, and that no write from here
// has made.
type another struct {
	// ConnectedAt is when it was made, as Refold says.
	ConnectedAt string `json:"connected_at"`
	// Of is the import id of the object that it was found for.
	Of string `json:"of"`
}

// isMarked reports whether the connection of the state is another's.
func (u unsettled) isMarked() bool { return u.Another != another{} }

// isOpen reports whether there is anything left to be done.
func (u unsettled) isOpen() bool { return u.Keys || len(u.AuthTypes) > 0 }

// IsNothing implements dependant.Kept.
func (u unsettled) IsNothing() bool { return !u.isOpen() && !u.isMarked() }

// with adds a connection, and when it was made, as far as that is known.
func (u unsettled) with(authType, connectedAt string) unsettled {
	if authType == "" || slices.Contains(u.AuthTypes, authType) {
		return u
	}
	u.AuthTypes = append(slices.Clone(u.AuthTypes), authType)
	u.ConnectedAt = withText(u.ConnectedAt, authType, connectedAt)
	return u
}

// tried takes down when the last attempt to save keys of a type ended, which failed.
func (u unsettled) tried(authType string, failed error) unsettled {
	u.Ended = withText(u.Ended, authType, refold.EndOf(failed).UTC().Format(time.RFC3339))
	return u
}

func withText(texts map[string]string, name, text string) map[string]string {
	if text == "" {
		return texts
	}
	with := map[string]string{name: text}
	maps.Copy(with, withoutText(texts, name))
	return with
}

func withoutText(texts map[string]string, name string) map[string]string {
	without := maps.Clone(texts)
	delete(without, name)
	return without
}

// connectionOf is a model of the connection of one of the types.
func (u unsettled) connectionOf(m model, authType string) model {
	m.AuthType, m.ConnectedAt = types.StringValue(authType), attribute.TextOrNull(u.ConnectedAt[authType])
	return m
}

// without is what is left where the connection of a type stays.
func (u unsettled) without(authType string) unsettled {
	u.AuthTypes = slices.DeleteFunc(slices.Clone(u.AuthTypes), func(known string) bool { return known == authType })
	u.ConnectedAt, u.Ended = withoutText(u.ConnectedAt, authType), withoutText(u.Ended, authType)
	return u
}

// since is what is kept of a state after a read: a connection that was made anew, and not by a
// write from here, is another's.
func (u unsettled) since(state model, found connected) unsettled {
	if found.connection == nil || !isAnother(found.connection.ConnectedAt, state.ConnectedAt.ValueString()) {
		return u
	}
	u.Another = another{}
	if found.isMadeAnew(state, u) {
		u.Another = another{ConnectedAt: found.connection.ConnectedAt, Of: state.Object().ImportID()}
		u.Keys, u.Ended = false, withoutText(u.Ended, found.authType)
	}
	return u
}

// isOthers reports whether somebody else has made a connection of a type, of which known is when
// this resource made its own, or empty. What was made up to the end of an attempt whose outcome is
// open counts as made by that.
func (u unsettled) isOthers(connection refold.Connection, authType, known string) bool {
	if !isAnother(connection.ConnectedAt, known) && known != "" {
		return false
	}
	isLater, isKnown := refold.IsLater(connection.ConnectedAt, u.Ended[authType], refold.ClockTolerance)
	return isLater || !isKnown && known != ""
}

// isLeftToOthers reports whether somebody else has made the connection of a type that is left to be
// removed.
func (u unsettled) isLeftToOthers(connection refold.Connection, authType string) bool {
	return u.isOthers(connection, authType, u.ConnectedAt[authType])
}

// removed are the types that a removal takes along, of what an app is connected by.
func (u unsettled) removed(app *refold.Application) []string {
	return slices.DeleteFunc(slices.Clone(u.AuthTypes), func(authType string) bool {
		connection, isThere := app.Connection(authType)
		return isThere && u.isLeftToOthers(connection, authType)
	})
}
