// SPDX-License-Identifier: MPL-2.0

package ownership

import (
	"cmp"
	"crypto/rand"
	"slices"
	"sync"
)

// Role is what a plan does with an object at one address of the configuration.
type Role int

const (
	// Stays is for an object that is managed at the address before and after.
	Stays Role = iota
	// Enters is for one that the address creates, imports, or takes into its collection.
	Enters
	// Leaves is for one that the address deletes.
	Leaves
)

// excludes reports whether an object cannot have these roles at two addresses. Two that keep it are
// no error by themselves: some hosts plan one address several times.
func (r Role) excludes(other Role) bool { return r != other || r == Enters }

// Resource is a type of resource.
type Resource struct {
	// Type is its name, such as refold_linked_account.
	Type string
	// IsCollection is true where one address holds many objects.
	IsCollection bool
}

// Movements are what the addresses of this run do with objects, as far as they are planned. Which
// of two operations on one object comes first is up to Terraform, so a plan in which an object
// leaves one address and enters or stays at another must not be applied. The zero value knows of
// none. It belongs to one walk of Terraform over the configuration, which is one Configure.
type Movements struct {
	mutex sync.Mutex
	// shares are who does what with an object.
	shares map[Key][]share
	// expected are the addresses that a further call may be about, by token.
	expected map[string]*address
	// settled are objects that operations of this run have created or changed.
	settled map[Key]bool
	// spellings are the ids that were met first, by what they are folded to.
	spellings map[Key]spelling
	// undecided are addresses whose objects have no id yet.
	undecided []*address
	// leaving are objects that are deleted, in the order in which that was planned.
	leaving []departure
	// isWarned is true once Findings.MayMove was.
	isWarned bool
	// deletable are those of SeeDeletable.
	deletable map[sighting]bool
	// topics were met by IsFirst.
	topics map[any]bool
}

// Key names an object: its kind, and its id, which is unique among those.
type Key struct{ Kind, ID string }

// address is one address of the configuration, which no call names.
type address struct {
	resource Resource
	kind     string
	// before are the ids of its state.
	before     []string
	abandons   bool
	isImported bool
	// isGone is true where all of it is deleted, isCreation where nothing was there before.
	isGone, isCreation bool
	// after are the ids of its plan.
	after []string
	// held are the objects that it has a share in.
	held []Key
	// traits are those of an object of its state, like those of the one whose id is not known yet.
	traits func(id string) Traits
	like   Traits
	// words are those of its plan.
	words Words
}

type share struct {
	address *address
	role    Role
}

type spelling struct {
	id      string
	address *address
}

type departure struct {
	address *address
	id      string
}

// Call is what Terraform asks of one address when it plans.
type Call struct {
	Resource Resource
	// Kind is the kind of the objects.
	Kind string
	// Token is what Findings or Expect returned for the same address, or empty. Tokens of other
	// runs mean nothing.
	Token string
	// Before and After are the ids in the state and in the plan, in order. IsNew and IsGone are
	// true where there is no state, and no plan.
	Before, After []string
	IsNew, IsGone bool
	// IsUndecided is true where the ids of the plan are not known yet. Like is then what is known
	// of the object.
	IsUndecided bool
	Like        Traits
	// Words are those of a plan that creates.
	Words Words
	// Abandons is true where what leaves the address stays at Refold.
	Abandons bool
	// Traits are those of an object in the state.
	Traits func(id string) Traits
}

// Words tell one creation from another: of each attribute of a plan that is known, a text that only
// the same value has.
type Words map[string]string

// agree is false where something is known in both and differs.
func (w Words) agree(other Words) bool {
	for name, text := range w {
		if also, isKnown := other[name]; isKnown && also != text {
			return false
		}
	}
	return true
}

// Findings are what is to be said about a call.
type Findings struct {
	// Token is for the next call about the same address, where there may be one.
	Token string
	// SawState is true where the state of the address was shown to this call or to an earlier one.
	SawState bool
	// Collisions are objects with which another address does what excludes this.
	Collisions []Collision
	// Alike are deleted objects that resemble one whose id is not known yet.
	Alike []string
	// MayMove is true where an object is deleted, and the id of another is not known yet. It is
	// true once.
	MayMove bool
	// Twins are ids that differ only in case or in the form of characters, from two addresses.
	Twins [][2]string
}

// Collision is an object with roles at two addresses that exclude each other.
type Collision struct {
	ID          string
	Here, There Role
	// Other is what the other address is, and OtherIsGone is true where all of that is deleted.
	Other       Resource
	OtherIsGone bool
}

// Expect returns a token for an address whose state is being imported, and will be planned next.
func (m *Movements) Expect() string {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.expect(&address{isImported: true})
}

// Plan takes down what a call does. Each call is about an address of its own unless its token says
// otherwise: the second call of a replacement has no state, and an import is planned after it was
// read.
func (m *Movements) Plan(call Call) Findings {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	at := m.addressOf(call)
	roles := at.roles(call)
	m.release(at)
	var found Findings
	found.SawState = len(at.before) > 0 || !call.IsNew
	for _, role := range []Role{Leaves, Enters, Stays} {
		for _, id := range roles[role] {
			m.hold(at, id, role, &found)
		}
	}
	if call.IsUndecided {
		at.like = call.Like
		m.undecided = append(m.undecided, at)
	}
	m.weigh(at, &found)
	if !call.IsNew && !call.IsGone {
		found.Token = m.expect(at)
	}
	return found
}

// addressOf is the address that a call is about.
func (m *Movements) addressOf(call Call) *address {
	known := m.expected[call.Token]
	if known == nil || call.IsGone {
		known = cmp.Or(m.planned(call), &address{})
	}
	known.resource, known.kind, known.isGone = call.Resource, call.Kind, call.IsGone
	known.isCreation, known.after, known.like, known.words = call.IsNew && len(known.before) == 0, call.After, call.Like, call.Words
	if !call.IsNew {
		known.before, known.abandons, known.traits = call.Before, call.Abandons, call.Traits
	}
	return known
}

// planned is the address whose creation was planned before, just as it is now, but for what was not
// known then. A host may plan and apply in one Configure, as the tests of Terraform 1.15 do, and an
// apply plans each creation once more. Two addresses that create the same in the same words are
// told apart by the apply (Claims).
func (m *Movements) planned(call Call) *address {
	if !call.IsNew || call.IsGone || len(call.After) == 0 {
		return nil
	}
	for _, one := range m.shares[Key{call.Kind, call.After[0]}] {
		at := one.address
		if one.role == Enters && at.isCreation && at.resource == call.Resource && at.words.agree(call.Words) && slices.Equal(at.after, call.After) {
			return at
		}
	}
	return nil
}

// expect makes a token for an address.
func (m *Movements) expect(at *address) string {
	if m.expected == nil {
		m.expected = map[string]*address{}
	}
	token := rand.Text()
	m.expected[token] = at
	return token
}

// roles are the ids of a call by their roles.
func (a *address) roles(call Call) map[Role][]string {
	roles := map[Role][]string{Leaves: without(a.before, call.After), Enters: without(call.After, a.before)}
	switch stay := without(a.before, roles[Leaves]); {
	case call.IsUndecided && !call.IsNew:
		// That is refused unless nothing can leave.
		roles = map[Role][]string{Stays: a.before}
	case call.IsNew:
		// A replacement: what is there is deleted, whatever comes.
		roles[Leaves], roles[Enters] = a.before, call.After
	case a.isImported:
		roles[Enters] = call.After
	case !a.resource.IsCollection:
		// Another id is another object, and a second call will be about that.
		roles[Enters], roles[Stays] = nil, stay
	default:
		roles[Stays] = stay
	}
	if a.abandons {
		roles[Leaves] = nil
	}
	return roles
}

// hold gives an address its share in an object, unless an operation has created what would leave.
func (m *Movements) hold(at *address, id string, role Role, found *Findings) {
	key := Key{at.kind, id}
	if role == Leaves && m.settled[key] {
		return
	}
	for _, other := range m.shares[key] {
		if other.address != at && role.excludes(other.role) {
			found.Collisions = append(found.Collisions, Collision{ID: id, Here: role, There: other.role, Other: other.address.resource, OtherIsGone: other.address.isGone})
			break
		}
	}
	if m.shares == nil {
		m.shares = map[Key][]share{}
	}
	m.shares[key] = append(m.shares[key], share{at, role})
	at.held = append(at.held, key)
	if role == Leaves {
		m.leaving = append(m.leaving, departure{at, id})
		return
	}
	m.compareSpelling(at, id, found)
}

// release takes back what an earlier call about the same address said.
func (m *Movements) release(at *address) {
	if at.held == nil {
		return
	}
	for _, key := range at.held {
		m.withdraw(key, func(s share) bool { return s.address == at })
	}
	at.held = nil
	m.leaving = slices.DeleteFunc(m.leaving, func(d departure) bool { return d.address == at })
}

// withdraw takes back the shares in an object that are so.
func (m *Movements) withdraw(key Key, isSo func(share) bool) {
	if shares := m.shares[key]; len(shares) > 0 {
		m.shares[key] = slices.DeleteFunc(shares, isSo)
	}
}

// Settle takes down what an operation has done at an address: the objects that it holds now, and
// those that it was about and does not hold, because they were deleted or could not be created.
func (m *Movements) Settle(kind string, held, others []string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, id := range held {
		m.settle(Key{kind, id})
	}
	for _, id := range others {
		m.withdraw(Key{kind, id}, func(s share) bool { return s.role != Stays })
	}
}

// settle lets an object that was to enter stay from now on. What was planned of it was done: a
// later plan in the same process is one of the next run.
func (m *Movements) settle(key Key) {
	for i, one := range m.shares[key] {
		if one.role == Enters {
			m.shares[key][i].role = Stays
		}
		if m.settled == nil {
			m.settled = map[Key]bool{}
		}
		m.settled[key] = true
	}
}

// IsContested reports whether the plans of two addresses exclude each other because of an object.
// The later one of them has failed, which explains more than that the object exists.
func (m *Movements) IsContested(key Key) bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	shares := m.shares[key]
	for i, one := range shares {
		for _, other := range shares[i+1:] {
			if one.address != other.address && one.role.excludes(other.role) {
				return true
			}
		}
	}
	return false
}

// IsFirst reports whether nobody has asked for a topic yet, which is any comparable value.
func (m *Movements) IsFirst(topic any) bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.topics[topic] {
		return false
	}
	if m.topics == nil {
		m.topics = map[any]bool{}
	}
	m.topics[topic] = true
	return true
}

// without are the ids that others do not have, in order.
func without(ids, others []string) []string {
	if len(ids) == 0 || slices.Equal(ids, others) {
		return nil
	}
	has := make(map[string]bool, len(others))
	for _, id := range others {
		has[id] = true
	}
	var left []string
	for _, id := range ids {
		if !has[id] {
			left = append(left, id)
		}
	}
	return left
}
