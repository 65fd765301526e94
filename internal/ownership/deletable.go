// SPDX-License-Identifier: MPL-2.0

package ownership

// sighting is an object in the state of a resource.
type sighting struct{ resource, id string }

// SeeDeletable takes down that a refresh has found objects in the state of a resource, which are
// deleted where they are given up.
func (m *Movements) SeeDeletable(resource Resource, ids []string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.deletable == nil {
		m.deletable = map[sighting]bool{}
	}
	for _, id := range ids {
		m.deletable[sighting{resource.Type, id}] = true
	}
}

// IsDeletable reports whether a refresh has found the object so.
func (m *Movements) IsDeletable(resource Resource, id string) bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.deletable[sighting{resource.Type, id}]
}
